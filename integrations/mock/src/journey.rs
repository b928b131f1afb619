//! The journeys of users through links that have a `tracking_id`, and the events of each.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bounded_map::BoundedMap;
use crate::clock::{timestamp, unix_time};
use crate::random::random;

/// The most bytes of a tracking id. A client cannot send a longer one in a path.
const MAX_TRACKING_ID: usize = 8000;

/// The most events that one tracking id keeps.
const MAX_EVENTS: usize = 64;

/// A user's way through one link.
#[derive(Clone)]
pub(crate) struct Journey {
    tracking_id: String,
    flow_id: String,
    is_reauth: bool,
}

impl Journey {
    /// Begins a journey. Returns `None` without a tracking id, or if it is too long.
    pub(crate) fn new(tracking_id: Option<&str>, is_reauth: bool) -> Option<Self> {
        let tracking_id = tracking_id.filter(|id| !id.is_empty() && id.len() <= MAX_TRACKING_ID)?.to_owned();
        Some(Self { tracking_id, flow_id: random(), is_reauth })
    }
}

/// The events of all journeys, by tracking id.
pub(crate) struct Journeys(BoundedMap<Vec<Value>>);

impl Journeys {
    pub(crate) fn new(lifetime: Duration, capacity: usize) -> Self {
        Self(BoundedMap::new(lifetime, capacity))
    }

    /// Records an event, once for each journey. `members` are those that the event has beyond its name and time.
    pub(crate) fn record(&mut self, journey: Option<&Journey>, name: &str, members: &[(&str, &str)]) {
        let Some(Journey { tracking_id, flow_id, is_reauth }) = journey else { return };
        if self.0.get(tracking_id).is_none() {
            self.0.insert(tracking_id.clone(), Vec::new());
        }
        let Some(events) = self.0.get(tracking_id) else { return };
        let is_recorded = events.iter().any(|event| event["flow_id"] == **flow_id && event["name"] == *name);
        if is_recorded || events.len() >= MAX_EVENTS {
            return;
        }
        let mut event =
            json!({ "name": name, "time": timestamp(unix_time()), "flow_id": flow_id, "reauth": is_reauth });
        for (name, value) in members {
            event[*name] = (*value).into();
        }
        events.push(event);
    }

    /// Returns the events of a tracking id, the oldest first.
    pub(crate) fn events(&mut self, tracking_id: &str) -> &[Value] {
        self.0.get(tracking_id).map_or(&[], |events| events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_events_of_a_tracking_id_are_bounded_and_recorded_once_for_each_journey() {
        let mut journeys = Journeys::new(Duration::MAX, 2);
        let journey = Journey::new(Some("a"), false);
        for _ in 0..2 {
            journeys.record(journey.as_ref(), "dialog_started", &[]);
        }
        assert_eq!(journeys.events("a").len(), 1);
        for _ in 0..2 * MAX_EVENTS {
            journeys.record(Journey::new(Some("a"), false).as_ref(), "dialog_started", &[]);
        }
        assert_eq!(journeys.events("a").len(), MAX_EVENTS);
        assert!(Journey::new(Some(""), false).is_none() && Journey::new(None, false).is_none());
        assert!(Journey::new(Some(&"a".repeat(MAX_TRACKING_ID + 1)), false).is_none());
    }
}
