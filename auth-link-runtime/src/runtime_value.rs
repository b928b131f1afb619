//! The types of the values in braces, which are known only at run time.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// A text or an optional text. `None` leaves the field out.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text, so it cannot be a value of an auth link",
    label = "expected a text or an `Option` of a text",
    note = "write an expression that is a text: `{{ value.as_ref() }}` for a generic value, `{{ value.to_string() }}` for a number or an id",
    note = "a text is `str`, `String`, `Cow<str>`, `Box<str>`, `Rc<str>` or `Arc<str>`, or a reference to one"
)]
pub trait RuntimeValue {
    /// Returns the text.
    fn text(&self) -> Option<String>;
}

/// Returns the text of a value. The macro writes a call of it around each value in braces.
#[doc(hidden)]
pub fn text<V: RuntimeValue + ?Sized>(value: &V) -> Option<String> {
    value.text()
}

macro_rules! texts {
    ($($text:ty),*) => {$(
        impl RuntimeValue for $text {
            fn text(&self) -> Option<String> {
                Some(AsRef::<str>::as_ref(self).to_owned())
            }
        }
    )*};
}

texts!(str, String, Cow<'_, str>, Box<str>, Rc<str>, Arc<str>);

impl<V: RuntimeValue + ?Sized> RuntimeValue for &V {
    fn text(&self) -> Option<String> {
        (**self).text()
    }
}

impl<V: RuntimeValue + ?Sized> RuntimeValue for &mut V {
    fn text(&self) -> Option<String> {
        (**self).text()
    }
}

impl<V: RuntimeValue> RuntimeValue for Option<V> {
    fn text(&self) -> Option<String> {
        self.as_ref()?.text()
    }
}
