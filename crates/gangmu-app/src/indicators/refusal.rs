//! Why indicators can't be taken out of a plan or changed so (指标方面的拒绝理由).

use gangmu_kernel::refusals;

refusals! {
    /// Why indicators can't be taken out of a plan or changed so (指标方面的拒绝理由).
    #[derive(Clone)]
    pub enum IndicatorRefusal {
        /// The edition is still being reviewed.
        #[error("the edition is in review")]
        NotApproved {} = "indicators-adopt-not-approved",
        /// Nothing was chosen.
        #[error("nothing was chosen")]
        Nothing {} = "indicators-adopt-nothing",
        /// No commitment of that number is an indicator in force.
        #[error("{number} is no indicator in force")]
        NoIndicator { number: u32 } = "indicators-adopt-no-indicator",
        /// The indicator that is there is counted in another unit.
        #[error("{name} is in {ours}, the plan says {theirs}")]
        UnitDiffers { name: String, ours: String, theirs: String } = "indicators-adopt-unit-differs",
        /// Targets are agreed in the unit.
        #[error("targets are agreed in {unit}")]
        UnitOfTargets { unit: String } = "indicators-define-unit-of-targets",
        /// Two chosen rows have the same name.
        #[error("{name} was chosen twice")]
        Twice { name: String } = "indicators-adopt-twice",
        /// No district is loaded, so that targets belong nowhere.
        #[error("no district")]
        NoDistrict {} = "indicators-no-district",
        /// Somebody changed the definition in the meantime.
        #[error("the definition is at version {version} now")]
        Changed { version: u32 } = "indicators-define-changed",
    }
}
