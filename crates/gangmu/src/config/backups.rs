//! How the house is backed up (备份设置).

use gangmu_app::backup::retention::Keep;
use jiff::civil::Time;
use std::path::PathBuf;

/// How the house is backed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSettings {
    /// Where the files are; none means `backups` in the data folder.
    pub folder: Option<PathBuf>,
    /// When one is made each day; none for never by itself.
    pub at: Option<Time>,
    /// Which stay.
    pub keep: Keep,
    /// After so many days the newest is rehearsed; 0 for never by itself.
    pub rehearse_days: u32,
}

impl Default for BackupSettings {
    fn default() -> Self {
        Self { folder: None, at: Some(Time::constant(2, 30, 0, 0)), keep: Keep::default(), rehearse_days: 7 }
    }
}

impl BackupSettings {
    /// Takes a setting; none where its value makes no sense.
    pub(super) fn set(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "backup_folder" => self.folder = Some(PathBuf::from(value)),
            "backup_at" if value == "off" => self.at = None,
            "backup_at" => {
                let (hour, minute) = value.split_once(':')?;
                self.at = Some(Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?);
            }
            "backup_keep" => {
                let numbers: Vec<u32> = value.split_whitespace().map(|n| n.parse().ok()).collect::<Option<_>>()?;
                let [daily, weekly, monthly] = numbers.try_into().ok()?;
                self.keep = Keep { daily, weekly, monthly };
                (daily + weekly + monthly > 0).then_some(())?;
            }
            _ => self.rehearse_days = value.parse().ok()?,
        }
        Some(())
    }
}
