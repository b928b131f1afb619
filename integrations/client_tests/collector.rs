//! A subscriber that collects every span and event as text.

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Collects spans and events: the name of each, and ` field=value` for each value.
#[derive(Clone, Default)]
pub(super) struct Collector {
    text: Arc<Mutex<String>>,
    last_id: Arc<AtomicU64>,
}

impl Collector {
    pub(super) fn text(&self) -> String {
        self.text.lock().unwrap().clone()
    }

    fn write(&self, name: &str, visit: impl FnOnce(&mut Values)) {
        let mut values = Values(name.to_owned());
        visit(&mut values);
        self.text.lock().unwrap().push_str(&(values.0 + "\n"));
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        self.write(attributes.metadata().name(), |values| attributes.record(values));
        Id::from_u64(self.last_id.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn record(&self, _: &Id, record: &Record<'_>) {
        self.write("record", |values| record.record(values));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.write(event.metadata().name(), |values| event.record(values));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Values(String);

impl Visit for Values {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}
