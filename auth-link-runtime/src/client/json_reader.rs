//! A reader of JSON (RFC 8259) that builds no tree, and that limits the memory of the values.

use std::borrow::Cow;

use zeroize::Zeroizing;

use super::unexpected::Unexpected;

/// A reader at a place of a JSON text.
pub(crate) struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// The memory that the values may still take, in bytes.
    memory: usize,
}

/// The memory that the values of a short text may take, in bytes.
const MIN_MEMORY: usize = 1024 * 1024;

/// The error of a text that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// The text is no JSON.
    Syntax,
    /// Half of a surrogate pair, which JSON allows but which is no character.
    Character,
    /// The values would take more memory than twice the text.
    Memory,
}

impl From<ReadError> for Unexpected {
    fn from(error: ReadError) -> Self {
        Self(match error {
            ReadError::Syntax => "expected JSON".to_owned(),
            ReadError::Character => "invalid text".to_owned(),
            ReadError::Memory => "more items and texts than a response of this length can hold".to_owned(),
        })
    }
}

/// A value. The reader is behind it, or before an object or a list.
pub(crate) enum Value<'t> {
    Text(Text<'t>),
    Number(&'t str),
    Boolean(bool),
    Null,
    Object,
    List,
}

/// A text between its quotation marks.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t> {
    raw: &'t str,
    has_escapes: bool,
}

impl<'t> Reader<'t> {
    /// Creates a reader whose values may take twice the memory of the text, and 1 MiB.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, memory: 2 * text.len() + MIN_MEMORY }
    }

    /// Returns the number of bytes that were read.
    #[inline]
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Returns the number of bytes that were not read.
    pub(crate) fn rest_len(&self) -> usize {
        self.text.len() - self.at
    }

    /// Returns the memory that the values may still take, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.memory
    }

    /// Sets the memory, after values were dropped.
    pub(crate) fn set_memory(&mut self, memory: usize) {
        self.memory = memory;
    }

    /// Takes memory for a value.
    #[inline]
    pub(crate) fn take_memory(&mut self, length: usize) -> Result<(), ReadError> {
        self.memory = self.memory.checked_sub(length).ok_or(ReadError::Memory)?;
        Ok(())
    }

    /// Takes memory for an allocation, with what an allocator adds.
    #[inline]
    pub(crate) fn take_allocation(&mut self, length: usize) -> Result<(), ReadError> {
        self.take_memory(if length == 0 { 0 } else { (length + 8).next_multiple_of(16).max(32) })
    }

    /// Moves to the next value and returns its position.
    #[inline]
    pub(crate) fn value_start(&mut self) -> usize {
        self.skip_white_space();
        self.at
    }

    /// Returns the text from a position to this one.
    pub(crate) fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.at]
    }

    /// Returns to an earlier position.
    pub(crate) fn return_to(&mut self, position: usize) {
        self.at = position;
    }

    /// Reads a text; `None` if the next value is of another type, before which the reader is then.
    #[inline]
    pub(crate) fn text(&mut self) -> Result<Option<Text<'t>>, ReadError> {
        self.skip_white_space();
        if self.peek() == Some(b'"') { self.string().map(Some) } else { Ok(None) }
    }

    /// Reads a value of any type, but not the content of an object or a list.
    pub(crate) fn value(&mut self) -> Result<Value<'t>, ReadError> {
        self.skip_white_space();
        match self.peek() {
            Some(b'"') => self.string().map(Value::Text),
            Some(b'{') => Ok(Value::Object),
            Some(b'[') => Ok(Value::List),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b't') => self.word("true").map(|()| Value::Boolean(true)),
            Some(b'f') => self.word("false").map(|()| Value::Boolean(false)),
            Some(b'n') => self.word("null").map(|()| Value::Null),
            _ => Err(ReadError::Syntax),
        }
    }

    /// Begins an object or a list. Returns whether it has a member or an item.
    #[inline]
    pub(crate) fn begin(&mut self) -> bool {
        let end = if self.peek() == Some(b'{') { b'}' } else { b']' };
        self.at += 1;
        self.skip_white_space();
        if self.peek() == Some(end) {
            self.at += 1;
            return false;
        }
        true
    }

    /// Reads the name of a member, and the colon, if they are written as `name`. Does not move otherwise.
    #[inline]
    pub(crate) fn take_name(&mut self, name: &str) -> bool {
        let is_next = self.text.as_bytes()[self.at..].starts_with(name.as_bytes());
        self.at += if is_next { name.len() } else { 0 };
        is_next
    }

    /// Reads the name of a member, and the colon.
    #[inline]
    pub(crate) fn name(&mut self) -> Result<Text<'t>, ReadError> {
        self.skip_white_space();
        if self.peek() != Some(b'"') {
            return Err(ReadError::Syntax);
        }
        let name = self.string()?;
        self.skip_white_space();
        if self.peek() != Some(b':') {
            return Err(ReadError::Syntax);
        }
        self.at += 1;
        Ok(name)
    }

    /// Goes on after a member of an object. Returns whether there is another one.
    #[inline]
    pub(crate) fn next_member(&mut self) -> Result<bool, ReadError> {
        self.next(b'}')
    }

    /// Goes on after an item of a list. Returns whether there is another one.
    #[inline]
    pub(crate) fn next_item(&mut self) -> Result<bool, ReadError> {
        self.next(b']')
    }

    /// Reads a value without its content. Nested lists and objects take one bit each.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        let mut open = Nesting::default();
        loop {
            let kind = self.value()?;
            if let Value::Object | Value::List = kind {
                let is_object = matches!(kind, Value::Object);
                if self.begin() {
                    open.push(is_object);
                    if is_object {
                        self.name()?;
                    }
                    continue;
                }
            }
            loop {
                let Some(is_object) = open.last() else { return Ok(()) };
                if self.next(if is_object { b'}' } else { b']' })? {
                    if is_object {
                        self.name()?;
                    }
                    break;
                }
                open.pop();
            }
        }
    }

    /// Reads a value and returns its text.
    pub(crate) fn raw(&mut self) -> Result<&'t str, ReadError> {
        let start = self.value_start();
        self.skip()?;
        Ok(self.since(start))
    }

    /// Returns an error if there is more than white space.
    pub(crate) fn end(&mut self) -> Result<(), ReadError> {
        self.skip_white_space();
        if self.at == self.text.len() { Ok(()) } else { Err(ReadError::Syntax) }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    #[inline]
    fn next(&mut self, end: u8) -> Result<bool, ReadError> {
        self.skip_white_space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.skip_white_space();
                Ok(true)
            }
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(ReadError::Syntax),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), ReadError> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(ReadError::Syntax);
        }
        self.at += word.len();
        Ok(())
    }

    #[inline]
    fn number(&mut self) -> Result<&'t str, ReadError> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let first = self.peek();
        let digits = self.digits()?;
        if first == Some(b'0') && digits > 1 {
            return Err(ReadError::Syntax);
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.since(start))
    }

    /// Reads digits, of which there has to be one, and returns their number.
    #[inline]
    fn digits(&mut self) -> Result<usize, ReadError> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(ReadError::Syntax) } else { Ok(self.at - start) }
    }

    /// Reads a text. The reader is before its quotation mark.
    #[inline]
    fn string(&mut self) -> Result<Text<'t>, ReadError> {
        let start = self.at + 1;
        self.at = plain_end(self.text, start);
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(Text { raw: &self.text[start..self.at - 1], has_escapes: false });
        }
        self.string_with_escapes(start)
    }

    /// Reads the rest of a text that begins at `start`, from its first escape.
    #[cold]
    fn string_with_escapes(&mut self, start: usize) -> Result<Text<'t>, ReadError> {
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Text { raw: &self.text[start..self.at - 1], has_escapes: true });
                }
                Some(b'\\') => self.skip_escape()?,
                _ => return Err(ReadError::Syntax),
            }
            self.at = plain_end(self.text, self.at);
        }
    }

    fn skip_escape(&mut self) -> Result<(), ReadError> {
        let length = match self.text.as_bytes()[self.at..] {
            [_, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [_, b'u', a, b, c, d, ..] if [a, b, c, d].iter().all(u8::is_ascii_hexdigit) => 6,
            _ => return Err(ReadError::Syntax),
        };
        self.at += length;
        Ok(())
    }
}

/// Returns the position of the next quotation mark, backslash or control character.
#[inline]
fn plain_end(text: &str, start: usize) -> usize {
    let (words, _) = text.as_bytes()[start..].as_chunks::<8>();
    let words = &words[..words.len().min(SHORT)];
    first_special(words).map_or_else(|| long_plain_end(text.as_bytes(), start + 8 * words.len()), |at| start + at)
}

/// The number of words, of eight bytes each, that are compared before a text counts as long.
const SHORT: usize = 5;

/// Returns the position of the first special byte. Eight bytes are compared at once.
#[inline]
fn first_special(words: &[[u8; 8]]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    words.iter().enumerate().find_map(|(index, word)| {
        let word = u64::from_le_bytes(*word);
        // Each difference has the high bit of the first byte that is special. With bit 0x02 flipped, the control characters are still
        // those below 0x20, a quotation mark is 0x20 itself, and a space is 0x22.
        let control_or_quotation = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
        let backslash = (word ^ (ONES * 0x5c)).wrapping_sub(ONES);
        let found = (control_or_quotation | backslash) & !word & HIGH;
        (found != 0).then(|| 8 * index + found.trailing_zeros() as usize / 8)
    })
}

/// Returns the position of the next special byte, of a long text or at the end of the JSON. The compiler compares the bytes of a
/// chunk at once.
#[inline(never)]
fn long_plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes[at..].first_chunk::<32>()
        && !chunk.iter().fold(false, |any, &byte| any | is_special(byte))
    {
        at += 32;
    }
    let (words, _) = bytes[at..].as_chunks::<8>();
    if let Some(special) = first_special(words) {
        return at + special;
    }
    let rest = &bytes[at + 8 * words.len()..];
    at + 8 * words.len() + rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

#[expect(clippy::needless_bitwise_bool, reason = "without branches, many bytes are compared at once")]
const fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

impl<'t> Text<'t> {
    /// Returns the characters.
    #[inline]
    pub(crate) fn decode(self) -> Result<Cow<'t, str>, ReadError> {
        if self.has_escapes { unescape(self.raw).map(Cow::Owned) } else { Ok(Cow::Borrowed(self.raw)) }
    }

    /// Returns the characters of a short text, such as the name of a member; an empty text for another one.
    #[inline]
    pub(crate) fn word(self) -> Cow<'t, str> {
        if self.has_escapes { self.escaped_word() } else { Cow::Borrowed(self.raw) }
    }

    #[cold]
    fn escaped_word(self) -> Cow<'t, str> {
        if self.raw.len() > MAX_WORD_LEN {
            return Cow::Borrowed("");
        }
        self.decode().unwrap_or_default()
    }
}

/// The limit of a word with escapes, in bytes.
const MAX_WORD_LEN: usize = 256;

/// Returns the characters of a text with escapes. It is written in one allocation: a reallocation leaves copies behind.
fn unescape(raw: &str) -> Result<String, ReadError> {
    let mut text = Zeroizing::new(String::with_capacity(raw.len()));
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let (character, length) = escaped_character(escape)?;
        text.push(character);
        rest = &escape[length..];
    }
    text.push_str(rest);
    Ok(std::mem::take(&mut *text))
}

/// Returns the character that is written after a backslash, and the length of its escape.
fn escaped_character(escape: &str) -> Result<(char, usize), ReadError> {
    Ok(match escape.as_bytes()[0] {
        b'b' => ('\u{8}', 1),
        b'f' => ('\u{c}', 1),
        b'n' => ('\n', 1),
        b'r' => ('\r', 1),
        b't' => ('\t', 1),
        b'u' => {
            let unit = code_unit(&escape[1..]).ok_or(ReadError::Character)?;
            let pair = || {
                let low = code_unit(escape.get(5..)?.strip_prefix("\\u")?)?;
                char::decode_utf16([unit, low]).next()?.ok().map(|character| (character, 11))
            };
            let alone = char::from_u32(unit.into()).map(|character| (character, 5));
            alone.or_else(pair).ok_or(ReadError::Character)?
        }
        byte => (char::from(byte), 1),
    })
}

fn code_unit(digits: &str) -> Option<u16> {
    u16::from_str_radix(digits.get(..4)?, 16).ok()
}

/// The kinds of the open lists and objects, a bit each.
#[derive(Default)]
struct Nesting {
    depth: usize,
    last: u64,
    outer: Vec<u64>,
}

impl Nesting {
    fn push(&mut self, is_object: bool) {
        if self.depth != 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.last);
        }
        self.last = self.last << 1 | u64::from(is_object);
        self.depth += 1;
    }

    fn last(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.last & 1 == 1)
    }

    fn pop(&mut self) {
        self.depth -= 1;
        self.last >>= 1;
        if self.depth != 0 && self.depth.is_multiple_of(64) {
            self.last = self.outer.pop().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Tree;

    use super::*;

    const VALUES: [&str; 35] = [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "12",
        "-1.5",
        "1e9",
        "1E+10",
        "1.25e-3",
        "01",
        "1.",
        "-",
        ".5",
        "1e",
        "+1",
        r#""""#,
        r#""a""#,
        r#""\"""#,
        r#""\u00e9\n""#,
        r#""\x""#,
        r#""\u12""#,
        r#""\u12xy""#,
        "\"a\u{1}\"",
        "\"open",
        "[]",
        "[1, 2 ]",
        "[1,]",
        "[,]",
        "{}",
        r#"{ "a" : [ { } ] , "b":{}}"#,
        r#"{"a":1,}"#,
        r#"{"a"}"#,
        "{1:2}",
        "nul",
    ];

    fn is_readable(text: &str) -> bool {
        let mut reader = Reader::new(text);
        reader.skip().and_then(|()| reader.end()).is_ok()
    }

    #[test]
    fn the_same_texts_are_json_as_for_serde() {
        let mut texts: Vec<String> = VALUES.map(str::to_owned).to_vec();
        for value in VALUES {
            for (begin, end) in
                [("[", "]"), ("{\"a\":", "}"), (" \t\r\n", " "), ("", ","), ("[[", "]"), ("[", "}"), ("[1 ", "]")]
            {
                texts.push(format!("{begin}{value}{end}"));
            }
        }
        for text in texts {
            let is_json = serde_json::from_str::<&serde_json::value::RawValue>(&text).is_ok();
            assert_eq!(is_readable(&text), is_json, "{text}");
        }
    }

    #[test]
    fn a_text_is_decoded_as_by_serde() {
        for text in [
            r#""""#,
            r#""plain, and longer than eight bytes""#,
            r#""é€😀 unescaped, é at 8""#,
            r#""\"\\\/\b\f\n\r\t\u0041\u00E9\u20ac\ud83d\ude00 and a rest""#,
            r#""\ud83d\ude00\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ude00\ud83d""#,
            r#""\ud83dx\ude00""#,
            r#""\ud83d\u0041""#,
            r#""\ud83d\n""#,
        ] {
            let mut reader = Reader::new(text);
            let Ok(Value::Text(read)) = reader.value() else { panic!("{text} is no text") };
            let expected = serde_json::from_str::<Tree>(text).ok().map(|text| text.as_str().unwrap().to_owned());
            assert_eq!(read.decode().ok().map(Cow::into_owned), expected, "{text}");
            assert!(reader.end().is_ok());
        }
    }

    #[test]
    fn each_special_byte_is_found_at_each_place() {
        // With and without a rest of less than eight bytes.
        for (start, length) in [(0, 120), (5, 120), (0, 11)] {
            for place in start..length {
                for special in 0..=127 {
                    let mut text = "\"".repeat(start) + &"x".repeat(place - start);
                    text.push(char::from(special));
                    text.push_str(&"x".repeat(length - place - 1));
                    let is_special = special < 0x20 || b"\"\\".contains(&special);
                    let expected = if is_special { place } else { length };
                    assert_eq!(plain_end(&text, start), expected, "{special} at {place}");
                }
            }
        }
        let text = "é\u{80}\u{7f}ÿ€😀ééééé\"";
        assert_eq!(plain_end(text, 0), text.len() - 1);
    }

    #[test]
    fn a_name_is_taken_only_if_it_is_written_in_the_common_way() {
        let mut reader = Reader::new(r#"{"ab":1}"#);
        assert!(reader.begin());
        for other in [r#""a":"#, r#""abc":"#, r#""b":"#] {
            assert_eq!((reader.take_name(other), reader.position()), (false, 1), "{other}");
        }
        assert_eq!((reader.take_name(r#""ab":"#), reader.position()), (true, 6));
        for text in [r#"{"ab" :1}"#, r#"{"\u0061b":1}"#, r#"{"ab""#, r#"{"a"#, "{"] {
            let mut reader = Reader::new(text);
            assert!(reader.begin());
            assert_eq!((reader.take_name(r#""ab":"#), reader.position()), (false, 1), "{text}");
        }
    }

    #[test]
    fn nested_values_of_any_depth_are_skipped() {
        for depth in [1, 63, 64, 65, 127, 128, 129, 200_000] {
            let begin: String = (0..depth).map(|level| if level % 3 == 0 { "{\"a\":" } else { "[" }).collect();
            let end: String = (0..depth).rev().map(|level| if level % 3 == 0 { "}" } else { "]" }).collect();
            assert!(is_readable(&format!("{begin}0{end}")), "{depth}");
            assert!(!is_readable(&format!("{begin}0{}", &end[1..])), "{depth}");
            assert!(!is_readable(&format!("{begin}0{end}]")), "{depth}");
        }
    }

    #[test]
    fn memory_beyond_twice_the_text_is_an_error() {
        let mut reader = Reader::new("\"x\"");
        assert_eq!((reader.take_allocation(0), reader.memory()), (Ok(()), (1 << 20) + 6));
        assert_eq!((reader.take_allocation(1), reader.memory()), (Ok(()), (1 << 20) + 6 - 32));
        assert_eq!(reader.take_memory((1 << 20) - 26), Ok(()));
        assert_eq!(reader.take_memory(1), Err(ReadError::Memory));
    }

    #[test]
    fn an_allocation_takes_the_memory_of_its_block() {
        let mut reader = Reader::new("");
        for (length, block) in [(1, 32), (24, 32), (25, 48), (100, 112)] {
            reader.set_memory(1000);
            assert_eq!((reader.take_allocation(length), reader.memory()), (Ok(()), 1000 - block), "{length}");
        }
    }

    #[test]
    fn a_text_is_told_from_other_values_and_from_the_rest() {
        let mut reader = Reader::new(r#" "ab" , 1"#);
        assert_eq!(reader.text().map(|text| text.unwrap().word()), Ok(Cow::Borrowed("ab")));
        assert_eq!(reader.rest_len(), 4);
        assert_eq!(reader.next_item(), Ok(true));
        assert!(matches!(reader.text(), Ok(None)));
        assert_eq!((reader.value_start(), reader.rest_len()), (8, 1));
    }

    #[test]
    fn a_word_with_escapes_is_decoded_up_to_its_limit() {
        let word = |length: usize| {
            let text = format!("\"\\n{}\"", "x".repeat(length - 2));
            Reader::new(&text).text().unwrap().unwrap().word().into_owned()
        };
        assert_eq!(word(256), "\n".to_owned() + &"x".repeat(254));
        assert_eq!([word(257), word(300)], ["", ""]);
    }
}
