//! Why a roster is refused as a whole (名册方面的拒绝理由); what is wrong with single cells is a [`super::Fault`].

use gangmu_kernel::refusals;

refusals! {
    /// A reason why a roster can't be taken or applied.
    pub enum RosterRefusal {
        /// No file was chosen, or an empty one.
        #[error("there is no file")]
        NoFile {} = "rosters.submit.no_file",
        /// The file is no spreadsheet.
        #[error("{file} is no spreadsheet")]
        NoSpreadsheet { file: String } = "rosters.submit.no_spreadsheet",
        /// No sheet has the heads of the template.
        #[error("no sheet of {file} has the heads of a roster")]
        NoHeads { file: String } = "rosters.submit.no_heads",
        /// The sheets have heads and nothing below.
        #[error("{file} has no rows")]
        NoRows { file: String } = "rosters.submit.no_rows",
        /// There are more rows than one file may have.
        #[error("{file} has {rows} rows, {limit} are allowed")]
        TooManyRows { file: String, rows: usize, limit: usize } = "rosters.submit.too_many_rows",
        /// No pack was loaded yet, so there is no district.
        #[error("there is no district yet")]
        NoDistrict {} = "rosters.apply.no_district",
        /// The draft was applied or dropped already.
        #[error("the draft was decided already")]
        Decided {} = "rosters.apply.decided",
        /// Something is wrong, and all of it or nothing was wanted.
        #[error("{faults} cells are wrong")]
        Faulty { faults: usize } = "rosters.apply.faulty",
        /// What would be done is no longer what was shown.
        #[error("things have changed since they were shown")]
        Changed {} = "rosters.apply.changed",
        /// There is nothing to be done.
        #[error("there is nothing to do")]
        Nothing {} = "rosters.apply.nothing",
        /// Nobody of this roster waits for a code.
        #[error("nobody waits for a code")]
        NobodyWaits {} = "rosters.slips.nobody_waits",
        /// Nothing was chosen.
        #[error("nothing was chosen")]
        NothingChosen {} = "rosters.requests.nothing_chosen",
    }
}
