//! Functions that go through a list (列表汇总).

use super::{
    Evaluator, Watch, absent, absent_or_wrong,
    calls::{first_absent, mean, quantified, total},
    truth, unknown,
};
use crate::{
    functions::Function,
    ir::At,
    number::Number,
    syntax::Span,
    values::{Value, WhyCode},
};

impl<W: Watch> Evaluator<'_, W> {
    /// Takes `body` of each element for which `condition` holds, and joins what was taken.
    pub(super) fn fold(
        &mut self,
        function: Function,
        (list, body, condition): (At, At, Option<At>),
        level: u8,
        span: Span,
    ) -> Value {
        let items = match self.value(list) {
            Value::List(items) => items,
            other => return absent_or_wrong(other, span),
        };
        if usize::from(level) != self.elements.len() {
            return unknown(WhyCode::WrongKind, span);
        }
        let (mut taken, mut undecided) = (Vec::with_capacity(items.len()), None);
        for item in items.iter() {
            self.elements.push(item.clone());
            match condition.map_or(Ok(true), |condition| truth(self.value(condition), span)) {
                Ok(true) => taken.push(self.value(body)),
                Ok(false) => {}
                // Whether this element counts is unknown; for any and all it only matters if it would decide.
                Err(why) => {
                    let would = self.value(body);
                    match function {
                        Function::Any if would == Value::YesNo(false) => {}
                        Function::All if would == Value::YesNo(true) => {}
                        _ => undecided = Some(undecided.map_or(why.clone(), |known| absent(known, why, span))),
                    }
                }
            }
            self.elements.pop();
        }
        if undecided.is_none() && matches!(function, Function::Min | Function::Max) {
            return first_absent(&taken, span).unwrap_or_else(|| self.extreme(function, &taken, span));
        }
        joined(function, &taken, undecided, span)
    }
}

fn joined(function: Function, taken: &[Value], undecided: Option<Value>, span: Span) -> Value {
    match function {
        Function::Any | Function::All => {
            let deciding = function == Function::Any;
            let decided = quantified(taken, deciding, span);
            match undecided {
                Some(_) if decided == Value::YesNo(deciding) => decided,
                Some(why) if decided.is_known() => why,
                Some(why) => absent(decided, why, span),
                None => decided,
            }
        }
        _ if undecided.is_some() => undecided.unwrap_or_else(|| unknown(WhyCode::Empty, span)),
        Function::Count => Value::Number(Number::whole(i64::try_from(taken.len()).unwrap_or(i64::MAX))),
        _ => match (first_absent(taken, span), function) {
            (Some(absent), _) => absent,
            (None, Function::Sum) => total(taken, span),
            (None, Function::Mean) => mean(taken, span),
            _ => unknown(WhyCode::Empty, span),
        },
    }
}
