//! Why the rules of personal data say no (个人信息方面的拒绝理由).

use gangmu_kernel::refusals;

refusals! {
    /// A reason why personal data is not shown, changed or erased.
    pub enum PersonalRefusal {
        /// No purpose of the list was chosen.
        #[error("there is no purpose {purpose:?}")]
        NoPurpose { purpose: String } = "personal.reveal.no_purpose",
        /// The purpose needs some words of its own.
        #[error("the purpose needs {least} to {most} characters")]
        NoWords { least: usize, most: usize } = "personal.reveal.no_words",
        /// One's own data stands on one's own page.
        #[error("it is one's own")]
        Own {} = "personal.reveal.own",
        /// This is no telephone number.
        #[error("{phone:?} is no telephone number")]
        BadPhone { phone: String } = "personal.own.bad_phone",
        /// This is no address for e-mail.
        #[error("{email:?} is no address for e-mail")]
        BadEmail { email: String } = "personal.own.bad_email",
        /// Why somebody is to be erased must be said.
        #[error("there is no reason")]
        NoReason {} = "personal.erase.no_reason",
        /// An account in use is not erased.
        #[error("the account is in use")]
        InUse {} = "personal.erase.in_use",
        /// It was asked already.
        #[error("it was asked already")]
        AskedAlready {} = "personal.erase.asked_already",
        /// The person was erased already.
        #[error("the person was erased already")]
        Erased {} = "personal.erase.erased",
        /// It was decided already.
        #[error("it was decided already")]
        Decided {} = "personal.erase.decided",
        /// Whoever asks does not confirm.
        #[error("whoever asks does not confirm")]
        SamePerson {} = "personal.erase.same_person",
    }
}
