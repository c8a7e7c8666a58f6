//! Two editions compared and two plans aligned: compilation of both included, as the command line does it.

use crate::{
    measure::{interleaved, ms},
    texts,
};
use gangmu_documents::{Limits, read};
use gangmu_kernel::SourceText;
use gangmu_plan::{
    alignment::align,
    comparison::{Collation, Version},
    compile::{Names, compile},
};
use std::{hint::black_box, time::Duration};

/// Two plans of 70,000 characters are aligned within this.
const LIMIT: Duration = Duration::from_secs(3);

fn source(text: &str) -> SourceText {
    read(text.as_bytes(), "outline.txt", &Limits::default()).expect("plain text is always readable")
}

/// Prints both times for each pair of texts.
pub fn run() {
    let real = texts::real();
    let long = real.last().map_or_else(|| texts::demonstration().repeat(5), |(_, text)| text.clone());
    let other = real.first().map_or_else(|| texts::demonstration().repeat(4), |(_, text)| text.clone());
    println!("{:34}{:>9}{:>9}{:>14}{:>14}{:>14}", "texts", "chars", "chars", "compare", "align", "limit");
    for (name, one, another) in [
        ("a long plan and a variant of it", long.clone(), texts::variant(&long, 3)),
        ("a district's plan and a long one", other, long),
    ] {
        let (first, second) = (source(&one), source(&another));
        let both = || (compile(&first, &Names::default()), compile(&second, &Names::default()));
        let (compared, aligned) = interleaved(
            5,
            || {
                let plans = both();
                let collation = Collation::of(
                    Version { text: &first.text, plan: &plans.0 },
                    Version { text: &second.text, plan: &plans.1 },
                );
                black_box(collation.comparison());
            },
            || {
                let plans = both();
                black_box(align(
                    Version { text: &first.text, plan: &plans.0 },
                    Version { text: &second.text, plan: &plans.1 },
                ));
            },
        );
        let chars = |text: &str| text.chars().count();
        println!(
            "{name:34}{:>9}{:>9}{:>14}{:>14}{:>14}",
            chars(&one),
            chars(&another),
            ms(compared),
            ms(aligned),
            ms(LIMIT)
        );
    }
}
