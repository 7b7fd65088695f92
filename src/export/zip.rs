//! The records of a stored ZIP64 archive. Source: PKWARE APPNOTE.TXT 6.3.10; extra field 0x5455 by Info-ZIP.

use jiff::civil::DateTime;

use super::Entry;

/// From here on a 32-bit field says "look in the ZIP64 extra field" (4.4.1.4).
const FULL_32: u64 = 0xFFFF_FFFF;
/// The same for 16-bit counts.
const FULL_16: u64 = 0xFFFF;
/// Names are UTF-8 (4.4.4, bit 11).
const UTF8: u16 = 0x0800;
/// Made by UNIX, format 4.5.
const MADE_BY: u16 = 0x032D;
/// `-rw-r--r--` of a regular file, in the upper half of the external attributes.
const UNIX_FILE: u32 = 0o100_644 << 16;

/// Bytes of [`local_header`].
pub(super) fn local_header_bytes(entry: &Entry) -> u64 {
    let zip64 = if entry.size_bytes >= FULL_32 { 20 } else { 0 };
    30 + entry.name.len() as u64 + zip64 + time_extra(entry).len() as u64
}

/// What stands before an entry's bytes (4.3.7).
pub(super) fn local_header(entry: &Entry) -> Vec<u8> {
    let is_large = entry.size_bytes >= FULL_32;
    let mut extra = Vec::new();
    if is_large {
        put16(&mut extra, 1);
        put16(&mut extra, 16);
        put64(&mut extra, entry.size_bytes);
        put64(&mut extra, entry.size_bytes);
    }
    extra.extend(time_extra(entry));

    let mut header = Vec::with_capacity(30 + entry.name.len() + extra.len());
    put32(&mut header, 0x0403_4B50);
    put16(&mut header, if is_large { 45 } else { 20 });
    put16(&mut header, UTF8);
    put16(&mut header, 0);
    put_dos_time(&mut header, entry.local_time);
    put32(&mut header, entry.crc32);
    put32(&mut header, clipped(entry.size_bytes));
    put32(&mut header, clipped(entry.size_bytes));
    put16(&mut header, short(entry.name.len()));
    put16(&mut header, short(extra.len()));
    header.extend(entry.name.as_bytes());
    header.extend(extra);
    header
}

/// The entry's record in the central directory (4.3.12); `offset` is where its local header begins.
fn directory_record(entry: &Entry, offset: u64) -> Vec<u8> {
    let mut zip64 = Vec::new();
    if entry.size_bytes >= FULL_32 {
        put64(&mut zip64, entry.size_bytes);
        put64(&mut zip64, entry.size_bytes);
    }
    if offset >= FULL_32 {
        put64(&mut zip64, offset);
    }
    let mut extra = Vec::new();
    if !zip64.is_empty() {
        put16(&mut extra, 1);
        put16(&mut extra, short(zip64.len()));
        extra.extend(&zip64);
    }
    extra.extend(time_extra(entry));

    let mut record = Vec::with_capacity(46 + entry.name.len() + extra.len());
    put32(&mut record, 0x0201_4B50);
    put16(&mut record, MADE_BY);
    put16(&mut record, if zip64.is_empty() { 20 } else { 45 });
    put16(&mut record, UTF8);
    put16(&mut record, 0);
    put_dos_time(&mut record, entry.local_time);
    put32(&mut record, entry.crc32);
    put32(&mut record, clipped(entry.size_bytes));
    put32(&mut record, clipped(entry.size_bytes));
    put16(&mut record, short(entry.name.len()));
    put16(&mut record, short(extra.len()));
    put16(&mut record, 0);
    put16(&mut record, 0);
    put16(&mut record, 0);
    put32(&mut record, UNIX_FILE);
    put32(&mut record, clipped(offset));
    record.extend(entry.name.as_bytes());
    record.extend(extra);
    record
}

/// The central directory and what ends the archive; `offsets` are those of the entries, and then its own.
pub(super) fn directory(entries: &[Entry], offsets: &[u64], start: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (entry, offset) in entries.iter().zip(offsets) {
        bytes.extend(directory_record(entry, *offset));
    }
    let (count, length) = (entries.len() as u64, bytes.len() as u64);
    if count >= FULL_16 || start >= FULL_32 || length >= FULL_32 {
        end_of_zip64(&mut bytes, count, length, start);
    }
    let count_16 = u16::try_from(count).unwrap_or(u16::MAX);
    put32(&mut bytes, 0x0605_4B50);
    put16(&mut bytes, 0);
    put16(&mut bytes, 0);
    put16(&mut bytes, count_16);
    put16(&mut bytes, count_16);
    put32(&mut bytes, clipped(length));
    put32(&mut bytes, clipped(start));
    put16(&mut bytes, 0);
    bytes
}

/// Record and locator of ZIP64 (4.3.14, 4.3.15).
fn end_of_zip64(bytes: &mut Vec<u8>, count: u64, length: u64, start: u64) {
    put32(bytes, 0x0606_4B50);
    put64(bytes, 44);
    put16(bytes, MADE_BY);
    put16(bytes, 45);
    put32(bytes, 0);
    put32(bytes, 0);
    put64(bytes, count);
    put64(bytes, count);
    put64(bytes, length);
    put64(bytes, start);
    put32(bytes, 0x0706_4B50);
    put32(bytes, 0);
    put64(bytes, start + length);
    put32(bytes, 1);
}

/// The moment as UNIX time, where it fits in 32 bits.
fn time_extra(entry: &Entry) -> Vec<u8> {
    let Ok(seconds) = i32::try_from(entry.moment.seconds()) else {
        return Vec::new();
    };
    let mut extra = Vec::with_capacity(9);
    put16(&mut extra, 0x5455);
    put16(&mut extra, 5);
    extra.push(1);
    extra.extend(seconds.to_le_bytes());
    extra
}

/// MS-DOS time and date (two seconds fine, 1980 to 2107).
fn put_dos_time(bytes: &mut Vec<u8>, local: DateTime) {
    let years = local.year().clamp(1980, 2107) - 1980;
    let whole = |number: i8| u16::from(number.unsigned_abs());
    put16(
        bytes,
        (whole(local.hour()) << 11) | (whole(local.minute()) << 5) | (whole(local.second()) / 2),
    );
    put16(
        bytes,
        (years.unsigned_abs() << 9) | (whole(local.month()) << 5) | whole(local.day()),
    );
}

fn clipped(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn short(length: usize) -> u16 {
    u16::try_from(length).expect("names are at most 240 bytes and extra fields 41")
}

fn put16(bytes: &mut Vec<u8>, number: u16) {
    bytes.extend(number.to_le_bytes());
}

fn put32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend(number.to_le_bytes());
}

fn put64(bytes: &mut Vec<u8>, number: u64) {
    bytes.extend(number.to_le_bytes());
}
