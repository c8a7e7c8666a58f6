use super::*;
use proptest::prelude::*;

#[test]
fn spans_that_touch_do_not_overlap() {
    assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
    assert!(Span::new(0, 3).overlaps(Span::new(2, 5)));
    assert!(Span::new(0, 5).contains(Span::new(2, 5)));
    assert!(!Span::new(0, 5).contains(Span::new(2, 6)));
}

#[test]
fn a_reversed_span_is_empty() {
    assert_eq!(Span::new(5, 2).len(), 0);
    assert!(Span::new(5, 2).is_empty());
}

#[test]
fn a_source_text_reads_back_from_json() {
    let source = SourceText {
        text: "第一章 总则\n表".to_owned(),
        kind: SourceKind::Docx,
        sha256: "0".repeat(64),
        blocks: vec![
            Block { span: Span::new(0, 6), role: BlockRole::Heading(1), place: Place::Paragraph(1) },
            Block {
                span: Span::new(7, 8),
                role: BlockRole::Cell,
                place: Place::TableCell { table: 1, row: 1, column: 1 },
            },
        ],
        tables: vec![Table {
            span: Span::new(7, 8),
            sheet: None,
            rows: 1,
            columns: 2,
            cells: vec![Cell { row: 0, column: 0, row_span: 1, column_span: 2, span: Span::new(7, 8) }],
        }],
    };
    let json = serde_json::to_string(&source).unwrap();
    assert!(json.contains("\"heading\":1") && json.contains("\"docx\""));
    assert_eq!(serde_json::from_str::<SourceText>(&json).unwrap(), source);
}

proptest! {
    #[test]
    fn overlap_is_mutual_and_needs_a_common_point(a in 0_u32..20, b in 0_u32..20, c in 0_u32..20, d in 0_u32..20) {
        let (left, right) = (Span::new(a.min(b), a.max(b)), Span::new(c.min(d), c.max(d)));
        let common = (0..20).any(|p| left.contains(Span::new(p, p + 1)) && right.contains(Span::new(p, p + 1)));
        prop_assert_eq!(left.overlaps(right), right.overlaps(left));
        // Points are half-open, so an empty span may lie inside without sharing one.
        if !left.is_empty() && !right.is_empty() {
            prop_assert_eq!(left.overlaps(right), common);
        }
    }
}
