//! Reading a year of the calendar from the text of its file: `date,kind,name,notice`.

use super::{Decided, WorkCalendar};
use crate::refusals;
use jiff::civil::Date;
use std::collections::BTreeMap;

refusals! {
    /// Something wrong with the file of a year (日历数据差错); lines are counted from 1.
    #[derive(Clone)]
    pub enum CalendarFault {
        /// The first line is not `date,kind,name,notice` (表头不符).
        #[error("line 1: the head line is not date,kind,name,notice")]
        Head {} = "calendar-head",
        /// A line has not four cells, or its name or notice is empty (列数不符).
        #[error("line {line}: not four filled cells")]
        Cells { line: usize } = "calendar-cells",
        /// The date is none (日期无效).
        #[error("line {line}: {date:?} is no date")]
        Date { line: usize, date: String } = "calendar-date",
        /// The date belongs to another year, other than December of the year before (年度不符).
        #[error("line {line}: {date} does not belong to {year}")]
        OtherYear { line: usize, date: Date, year: i16 } = "calendar-other-year",
        /// The kind is neither `off` nor `work` (类型无效).
        #[error("line {line}: {kind:?} is neither off nor work")]
        Kind { line: usize, kind: String } = "calendar-kind",
        /// The date stands in the file twice (日期重复).
        #[error("line {line}: {date} stands here twice")]
        Twice { line: usize, date: Date } = "calendar-twice",
    }
}

impl WorkCalendar {
    /// Takes in the file of a year (导入年度日历), or lists everything that is wrong with it and takes nothing.
    ///
    /// A file with only its head line leaves the year unannounced. Taking a year in again replaces what it said before.
    pub fn read_year(&mut self, year: i16, text: &str) -> Result<(), Vec<CalendarFault>> {
        let mut faults = Vec::new();
        let mut days: BTreeMap<Date, Decided> = BTreeMap::new();
        let mut lines =
            text.trim_start_matches('\u{feff}').lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
        if lines.next().is_none_or(|(_, head)| head != "date,kind,name,notice") {
            faults.push(CalendarFault::Head {});
        }
        for (line, row) in lines.filter(|(_, row)| !row.is_empty()) {
            match read_row(year, line, row) {
                Ok((date, _)) if days.contains_key(&date) => faults.push(CalendarFault::Twice { line, date }),
                Ok((date, decided)) => {
                    days.insert(date, decided);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        // What an earlier reading of the same year said goes; what the next year said of December stays.
        self.days.retain(|date, _| date.year() != year || (date.month() == 12 && self.years.contains(&(year + 1))));
        if days.is_empty() {
            self.years.remove(&year);
        } else {
            self.years.insert(year);
            self.days.extend(days);
        }
        Ok(())
    }
}

fn read_row(year: i16, line: usize, row: &str) -> Result<(Date, Decided), CalendarFault> {
    let cells: Vec<&str> = row.split(',').collect();
    let [date, kind, name, notice] = cells[..] else { return Err(CalendarFault::Cells { line }) };
    if name.is_empty() || notice.is_empty() {
        return Err(CalendarFault::Cells { line });
    }
    let date: Date = date.parse().map_err(|_| CalendarFault::Date { line, date: date.to_owned() })?;
    if date.year() != year && (date.year(), date.month()) != (year - 1, 12) {
        return Err(CalendarFault::OtherYear { line, date, year });
    }
    let worked = match kind {
        "work" => true,
        "off" => false,
        _ => return Err(CalendarFault::Kind { line, kind: kind.to_owned() }),
    };
    Ok((date, Decided { worked, name: name.to_owned(), notice: notice.to_owned() }))
}
