//! The forms in which Word writes a number (编号格式).

/// A form of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    None,
    Bullet,
    Decimal,
    DecimalZero,
    DecimalWide,
    Circled,
    Parenthesized,
    FullStop,
    Counting,
    Digital,
    Legal,
    Stems,
    Branches,
    UpperLetter,
    LowerLetter,
    UpperRoman,
    LowerRoman,
}

impl Form {
    /// The form of that name in the file; names that are not known count in digits.
    pub fn named(name: &str) -> Self {
        match name {
            "none" => Self::None,
            "bullet" => Self::Bullet,
            "decimalZero" => Self::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalWide,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "decimalEnclosedParen" => Self::Parenthesized,
            "decimalEnclosedFullstop" => Self::FullStop,
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand" => Self::Counting,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Self::Digital,
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Self::Legal,
            "ideographTraditional" => Self::Stems,
            "ideographZodiac" => Self::Branches,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            _ => Self::Decimal,
        }
    }

    /// The number in this form.
    pub fn write(self, number: u32) -> String {
        match self {
            Self::None | Self::Bullet => String::new(),
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::DecimalWide => {
                number.to_string().chars().map(|digit| shifted('０', digit as u32 - '0' as u32)).collect()
            }
            Self::Circled => enclosed(number, &[(1, 20, '①'), (21, 35, '㉑'), (36, 50, '㊱')]),
            Self::Parenthesized => enclosed(number, &[(1, 20, '⑴')]),
            Self::FullStop => enclosed(number, &[(1, 20, '⒈')]),
            Self::Counting => counting(number, &ORDINARY),
            Self::Legal => counting(number, &LEGAL),
            Self::Digital => number.to_string().chars().map(|digit| DIGITAL[digit as usize - '0' as usize]).collect(),
            Self::Stems => cyclic(number, "甲乙丙丁戊己庚辛壬癸"),
            Self::Branches => cyclic(number, "子丑寅卯辰巳午未申酉戌亥"),
            Self::UpperLetter => letters(number, 'A'),
            Self::LowerLetter => letters(number, 'a'),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_ascii_lowercase(),
        }
    }
}

const DIGITAL: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Digits and units of a way to count.
struct Words {
    digits: [char; 10],
    units: [&'static str; 4],
}

const ORDINARY: Words = Words {
    digits: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    units: ["", "十", "百", "千"],
};
const LEGAL: Words = Words {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    units: ["", "拾", "佰", "仟"],
};

/// Chinese counting up to 9 999; beyond that digits.
fn counting(number: u32, words: &Words) -> String {
    if number == 0 {
        return words.digits[0].to_string();
    }
    if number > 9_999 {
        return number.to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for place in (0..4).rev() {
        let digit = (number / 10_u32.pow(place) % 10) as usize;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push(words.digits[0]);
            gap = false;
        }
        // Ten to nineteen leave out the leading one: 十二, but 一百一十二.
        let bare = place == 1 && digit == 1 && text.is_empty() && words.units[1] == "十";
        if !bare {
            text.push(words.digits[digit]);
        }
        text.push_str(words.units[place as usize]);
    }
    text
}

fn shifted(first: char, by: u32) -> char {
    char::from_u32(first as u32 + by).unwrap_or('?')
}

fn enclosed(number: u32, ranges: &[(u32, u32, char)]) -> String {
    let found = ranges.iter().find(|(low, high, _)| (*low..=*high).contains(&number));
    found.map_or_else(|| number.to_string(), |(low, _, first)| shifted(*first, number - low).to_string())
}

fn cyclic(number: u32, words: &str) -> String {
    let count = words.chars().count();
    words.chars().nth((number.max(1) as usize - 1) % count).map(String::from).unwrap_or_default()
}

/// A, B, … Z, AA, BB, … as Word continues.
fn letters(number: u32, first: char) -> String {
    let at = number.max(1) - 1;
    let repeated = (at / 26 + 1).min(50) as usize;
    shifted(first, at % 26).to_string().repeat(repeated)
}

fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3_999).contains(&number) {
        return number.to_string();
    }
    let (mut rest, mut text) = (number, String::new());
    for (value, letters) in STEPS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    text
}
