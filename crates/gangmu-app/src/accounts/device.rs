//! From where a session is open (登录设备): what a browser says of itself, cut down to two words.
//!
//! The whole text would tell more of a person than anybody needs, so only the words are kept.

/// Signs of systems in the order in which they must be looked for: an Android says Linux as well.
const SYSTEMS: [(&str, &str); 9] = [
    ("HarmonyOS", "harmony"),
    ("OpenHarmony", "harmony"),
    ("Android", "android"),
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Windows", "windows"),
    ("Mac OS X", "mac"),
    ("CrOS", "chromeos"),
    ("Linux", "linux"),
];

/// Signs of programs: most of them say Chrome and Safari as well.
const PROGRAMS: [(&str, &str); 12] = [
    ("MicroMessenger", "wechat"),
    ("DingTalk", "dingtalk"),
    ("wxwork", "wecom"),
    ("Edg", "edge"),
    ("QQBrowser", "qq"),
    ("360SE", "360"),
    ("360EE", "360"),
    ("OPR/", "opera"),
    ("Firefox", "firefox"),
    ("Chrome", "chrome"),
    ("Safari", "safari"),
    ("curl", "program"),
];

/// Words that [`words`] can give, for whoever says them to people.
pub fn all_words() -> impl Iterator<Item = &'static str> {
    SYSTEMS.iter().chain(&PROGRAMS).map(|(_, word)| *word).chain(["unknown"])
}

/// The words of system and program, such as `windows edge`.
pub fn words(agent: &str) -> String {
    let word = |signs: &[(&str, &'static str)]| {
        signs.iter().find(|(sign, _)| agent.contains(sign)).map_or("unknown", |(_, word)| *word)
    };
    format!("{} {}", word(&SYSTEMS), word(&PROGRAMS))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn browsers_are_known_by_what_only_they_say() {
        let table = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0",
                "windows edge",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0",
                "android wechat",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                "iphone safari",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "linux firefox"),
            ("curl/8.7.1", "unknown program"),
            ("", "unknown unknown"),
        ];
        for (agent, expected) in table {
            assert_eq!(words(agent), expected, "{agent}");
        }
    }
}
