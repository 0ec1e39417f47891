//! Why a model cannot be trained, read or asked.

/// Examples from which nothing can be learnt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// There is nothing, or nothing but what is out of scope.
    #[error("there are no examples of any intent")]
    NoExamples,
    /// There is nothing to tell apart.
    #[error("all examples have the intent \"{0}\"; at least two intents are needed")]
    OneIntent(String),
    /// An example without a text; counted from 1.
    #[error("example {0} has no text")]
    NoText(usize),
    /// An example without an intent; counted from 1.
    #[error("example {0} has no intent")]
    NoIntent(usize),
    /// Some vectors are missing, or not of one length, or no numbers.
    #[error("each example needs one vector of finite numbers, all of the same length")]
    Vectors,
}

/// A model that is none, or not one for this question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Some other file.
    #[error("it is not a model of intents")]
    NotAModel,
    /// Written by a newer program.
    #[error("it is a model of version {0}, and this program knows version {1}; train it again")]
    Version(u32, u32),
    /// Cut off or changed.
    #[error("it is damaged")]
    Damaged,
    /// It was trained with sentence vectors and got none, or the other way round, or vectors of another length.
    #[error("it was trained with vectors of {expected} numbers and got one of {found} (0 is none)")]
    Vector {
        /// What it was trained with.
        expected: usize,
        /// What it was asked with.
        found: usize,
    },
}
