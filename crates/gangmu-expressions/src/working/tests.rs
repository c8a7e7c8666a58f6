use super::*;
use crate::{NoCells, check, sample};
use gangmu_kernel::WorkCalendar;

fn lines(text: &str, declared: &[(&str, &str)], values: &[Value]) -> Vec<String> {
    let formula = check(text, &sample::names(declared)).formula.unwrap();
    let calendar = WorkCalendar::new();
    let situation = Situation { values, cells: &NoCells, today: None, calendar: &calendar, period: None, area: None };
    let (outcome, working) = explain(&formula, &situation);
    assert_eq!(working.lines.last().map(|line| &line.value), Some(&outcome.value));
    assert_eq!(working.left_out, 0);
    working
        .lines
        .iter()
        .map(|line| {
            let operands: Vec<String> = line.operands.iter().map(|(_, value)| sample::shown(value)).collect();
            let written: String = text.chars().skip(line.span.start as usize).take(line.span.len() as usize).collect();
            format!("{written} | {} {} = {}", line.operation, operands.join(", "), sample::shown(&line.value))
        })
        .collect()
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

#[test]
fn every_step_says_what_went_in_and_what_came_out() {
    let declared = [("gdp", "number[亿元]"), ("income", "number[万元]")];
    assert_eq!(
        lines("round(income / gdp, 2)", &declared, &[number("1000000"), number("400")]),
        [
            "income | value  = 1000000",
            "income | convert 1000000 = 100",
            "gdp | value  = 400",
            "income / gdp | divide 100, 400 = 0.25",
            "round(income / gdp, 2) | round 0.25, 2 = 0.25",
        ]
    );
}

#[test]
fn what_was_not_needed_has_no_line() {
    let declared = [("a", "number")];
    assert_eq!(
        lines("if a > 0 then a else 1 / a", &declared, &[number("2")]),
        [
            "a | value  = 2",
            "a > 0 | compare 2, 0 = yes",
            "a | value  = 2",
            "if a > 0 then a else 1 / a | if yes, 2 = 2"
        ]
    );
}
