//! Any text compiles: no panic, clauses that tile it, spans inside it.

#![no_main]

use gangmu_documents::{Limits, read};
use gangmu_plan::compile::{Names, compile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = read(bytes, "outline.txt", &Limits::default()) else { return };
    let plan = compile(&source, &Names::default());
    let chars = source.text.chars().count() as u32;
    let mut at = 0;
    for clause in &plan.clauses {
        assert_eq!(clause.start, at, "clauses tile the text");
        at = clause.end;
    }
    assert!(plan.clauses.is_empty() || at == chars, "clauses reach the end");
    assert!(plan.tasks.iter().all(|t| t.start < t.end && t.end <= chars));
    assert!(plan.quantities.iter().all(|q| q.start < q.end && q.end <= chars));
    assert!(plan.notices.iter().flat_map(|n| &n.spans).all(|s| s.0 <= s.1 && s.1 <= chars));
});
