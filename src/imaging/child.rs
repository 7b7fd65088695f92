//! The decoder child: `epu decode MEMORY_BYTES CPU_S`, started by [`super::pool`] only.
//!
//! A parser bug met by a hostile file must not reach database, secrets or network, and a file
//! that eats memory or time must not take the server with it. So each file is read by a process
//! of its own that first gives everything away. It is the same binary: nothing to install, and
//! parent and child always speak the same protocol.

mod confinement;
pub(crate) mod protocol;

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

pub use confinement::{Confinement, Limits, confine};

use self::protocol::{Answer, Done, GRANTED, Task};
use super::failure::{Failure, FailureCode};
use super::limits::BASE_BYTES;
use super::metadata;
use super::rendered::Rendered;
use super::renditions::Original;

/// The first argument by which `main` recognises a decoder child.
pub const ARGUMENT: &str = "decode";

/// Exit status when the walls could not be put up; the parent tells it from a decoder's death.
pub const NOT_CONFINED: u8 = 78;

/// Runs as a decoder child. The caller has started no thread and read nothing.
pub fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(2).map(|number| number.parse().ok());
    let (Some(Some(memory_bytes)), Some(Some(cpu_s))) = (numbers.next(), numbers.next()) else {
        eprintln!("epu decode is started by EPU itself");
        return ExitCode::from(64);
    };
    let limits = Limits {
        memory_bytes,
        cpu_s,
    };
    std::panic::set_hook(Box::new(|_| {}));
    if let Err(reason) = confine(limits) {
        eprintln!("the decoder cannot be confined: {reason}");
        return ExitCode::from(NOT_CONFINED);
    }
    match serve(limits, io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Answers one task. Fails only when a pipe breaks, that is when nobody waits any more.
fn serve(limits: Limits, mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    let task: Task = protocol::read(&mut input)?;
    let result = if task.kind.is_video() {
        let file = (&mut input).take(task.size_bytes);
        guarded(|| metadata::of_video(task.kind, file))
    } else {
        photo(&task, limits, &mut input, &mut output)?
    };
    match result {
        Err(failure) => protocol::write(&mut output, &Answer::Failed(failure)),
        Ok(rendered) => {
            protocol::write(&mut output, &Answer::Done(announce(&rendered)))?;
            for rendition in &rendered.renditions {
                output.write_all(&rendition.bytes)?;
            }
            output.flush()
        }
    }
}

fn photo(
    task: &Task,
    limits: Limits,
    input: &mut impl Read,
    output: &mut impl Write,
) -> io::Result<Result<Rendered, Failure>> {
    let room = limits.memory_bytes.saturating_sub(task.size_bytes);
    if room < BASE_BYTES {
        return Ok(Err(too_much(task.size_bytes, limits)));
    }
    let mut file = Vec::with_capacity(task.size_bytes as usize);
    input.take(task.size_bytes).read_to_end(&mut file)?;
    if (file.len() as u64) < task.size_bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let original = match guarded(|| Original::open(task.kind, file.into())) {
        Ok(original) => original,
        Err(failure) => return Ok(Err(failure)),
    };
    let bytes = original.need_bytes();
    if bytes > room {
        return Ok(Err(too_much(bytes + task.size_bytes, limits)));
    }
    protocol::write(output, &Answer::Need { bytes })?;
    let mut granted = [0];
    input.read_exact(&mut granted)?;
    if granted != [GRANTED] {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    Ok(guarded(|| original.render()))
}

fn too_much(bytes: u64, limits: Limits) -> Failure {
    let words = format!(
        "{bytes} bytes of memory wanted, {} allowed",
        limits.memory_bytes
    );
    Failure::new(FailureCode::TooMuchMemory, words)
}

/// A panic in a decoder is the file's fault, not ours.
fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let words = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Failure::new(
            FailureCode::Crashed,
            words.unwrap_or("the decoder panicked"),
        ))
    })
}

fn announce(rendered: &Rendered) -> Done {
    Done {
        width_px: rendered.width_px,
        height_px: rendered.height_px,
        facts: rendered.facts.clone(),
        thumbhash: rendered.thumbhash.clone(),
        renditions: rendered
            .renditions
            .iter()
            .map(|rendition| {
                (
                    rendition.size.as_str().to_owned(),
                    rendition.bytes.len() as u64,
                )
            })
            .collect(),
    }
}
