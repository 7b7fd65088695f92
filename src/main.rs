//! The `epu` program.

use std::process::ExitCode;

use epu::imaging::child;

fn main() -> ExitCode {
    // Before anything else: a decoder child must have opened nothing and started no thread.
    if std::env::args().nth(1).as_deref() == Some(child::ARGUMENT) {
        return child::main();
    }
    epu::commands::main()
}
