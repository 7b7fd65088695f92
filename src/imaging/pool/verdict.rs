//! Whose fault it was: what a child's behaviour and end say about the file it was reading.

use std::process::ExitStatus;

use super::RenderError;
use super::conversation::Broken;
use crate::imaging::child::NOT_CONFINED;
use crate::imaging::failure::FailureCode;

/// A decoder that breaks the protocol is no longer ours.
pub(super) fn nonsense() -> Broken {
    let words = "the decoder answered nonsense";
    Broken::Known(RenderError::hostile(FailureCode::Crashed, words))
}

/// What a child's end says about the file it was reading.
pub(super) fn verdict(status: ExitStatus) -> RenderError {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) if code == i32::from(NOT_CONFINED) => {
            RenderError::trouble("the decoder could not confine itself")
        }
        (_, Some(libc::SIGXCPU)) => {
            RenderError::hostile(FailureCode::TookTooLong, "out of processor time")
        }
        (_, Some(signal)) => RenderError::hostile(
            FailureCode::Crashed,
            format!("the decoder died of signal {signal}"),
        ),
        (code, None) => RenderError::hostile(
            FailureCode::Crashed,
            format!("the decoder left with status {}", code.unwrap_or(-1)),
        ),
    }
}
