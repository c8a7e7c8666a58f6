//! Refusals (拒绝): when the rules say no, all the reasons at once, as codes with fields.
//!
//! The kernel and the engines hold no sentences; the words live in `locales/<lang>/<noun>.ftl` under the code.

use std::{collections::BTreeMap, fmt};

/// A reason why the rules say no (拒绝理由): a code and the facts that its sentence needs.
pub trait Refusal: fmt::Debug {
    /// The key of its sentence, such as `period-unreadable`.
    fn code(&self) -> &'static str;

    /// The named facts of its sentence.
    fn fields(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::new()
    }
}

/// A reason in the form that crosses layers: code and fields, whatever enum it was (拒绝理由).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    /// The key of its sentence.
    pub code: &'static str,
    /// The named facts of its sentence.
    pub fields: BTreeMap<&'static str, String>,
}

impl<R: Refusal> From<&R> for Reason {
    fn from(refusal: &R) -> Self {
        Self { code: refusal.code(), fields: refusal.fields() }
    }
}

/// All reasons of one refusal (拒绝理由清单), at least one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Reasons(Vec<Reason>);

impl Reasons {
    /// All reasons of a list; none where the list is empty, because then nothing was refused.
    pub fn of<R: Refusal>(refusals: &[R]) -> Option<Self> {
        (!refusals.is_empty()).then(|| Self(refusals.iter().map(Reason::from).collect()))
    }

    /// The reasons in the order in which they were found.
    pub fn as_slice(&self) -> &[Reason] {
        &self.0
    }

    /// Is there a reason of this code among them?
    pub fn has(&self, code: &str) -> bool {
        self.0.iter().any(|reason| reason.code == code)
    }
}

impl<R: Refusal> From<R> for Reasons {
    fn from(refusal: R) -> Self {
        Self(vec![Reason::from(&refusal)])
    }
}

impl fmt::Display for Reasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, reason) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            f.write_str(reason.code)?;
            for (name, value) in &reason.fields {
                write!(f, " {name}={value:?}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Reasons {}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Late(u32);

    impl Refusal for Late {
        fn code(&self) -> &'static str {
            "late"
        }

        fn fields(&self) -> BTreeMap<&'static str, String> {
            BTreeMap::from([("days", self.0.to_string())])
        }
    }

    #[test]
    fn all_reasons_are_kept_in_their_order() {
        let reasons = Reasons::of(&[Late(1), Late(2)]).unwrap();
        assert_eq!(reasons.to_string(), "late days=\"1\"; late days=\"2\"");
        assert!(reasons.has("late") && !reasons.has("early"));
        assert_eq!(reasons.as_slice().len(), 2);
        assert_eq!(Reasons::from(Late(1)).as_slice()[0], Reason::from(&Late(1)));
    }

    #[test]
    fn an_empty_list_refuses_nothing() {
        assert_eq!(Reasons::of::<Late>(&[]), None);
    }
}
