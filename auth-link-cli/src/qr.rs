//! A link as a QR code, for a phone's camera.

use anstyle::{AnsiColor, Color, Style};
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

/// Draws the code in half blocks, black on white; returns `None` if the link is too long for a code.
pub(crate) fn draw(link: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(link, EcLevel::L).ok()?;
    let drawn = code.render::<Dense1x2>().build();
    let color = |color| Some(Color::Ansi(color));
    let style = Style::new().fg_color(color(AnsiColor::Black)).bg_color(color(AnsiColor::BrightWhite));
    let lines: Vec<_> = drawn.lines().map(|line| format!("{style}{line}{style:#}")).collect();
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_drawn_as_a_square_of_half_blocks() {
        let plain =
            anstream::adapter::strip_str(&draw("https://auth.truelayer.com/?client_id=acme").unwrap()).to_string();
        let lines: Vec<_> = plain.lines().collect();
        let width = lines[0].chars().count();
        assert!(lines.iter().all(|line| line.chars().count() == width));
        assert_eq!(lines.len(), width.div_ceil(2));
        assert!(plain.contains('▀') && plain.contains('▄') && plain.contains('█'));
        assert_ne!(draw("a"), draw("b"));
    }

    #[test]
    fn a_link_that_is_too_long_has_no_code() {
        assert_eq!(draw(&"a".repeat(4000)), None);
    }
}
