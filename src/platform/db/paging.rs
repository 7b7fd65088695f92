//! Pages of a long list by keyset: the next page begins after the last row shown.
//!
//! However deep the page, it costs as much as the first, and rows that arrive meanwhile neither repeat nor hide others.
//! The order is always `(a sort key, the row's id)`, which is unique.

use std::fmt;
use std::str::FromStr;

use sea_orm::sea_query::{Expr, IntoColumnRef, SimpleExpr};
use sea_orm::{
    ColumnTrait, EntityTrait, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use crate::platform::error::Error;

/// The last row of a page: where the next one begins.
///
/// In URLs it is two numbers in hexadecimal; whoever alters them sees another part of the same list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The row's sort key.
    pub sort: i64,
    /// The row's id.
    pub id: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}", self.sort, self.id)
    }
}

impl FromStr for Cursor {
    type Err = Error;

    /// Errors: `NotFound`, as for any address that is not ours.
    fn from_str(text: &str) -> Result<Self, Error> {
        let (sort, id) = text.split_once('-').ok_or(Error::NotFound)?;
        // Hexadecimal of the two's complement, so that moments before 1970 need no sign.
        let number = |hex| {
            u64::from_str_radix(hex, 16)
                .map(u64::cast_signed)
                .map_err(|_| Error::NotFound)
        };
        Ok(Cursor {
            sort: number(sort)?,
            id: number(id)?,
        })
    }
}

/// Some rows of a list, and where the next page begins if there is more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// In order.
    pub rows: Vec<T>,
    /// None at the end of the list.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts what [`select`] found to `size`; `key` gives the cursor of a row.
    pub fn cut(mut rows: Vec<T>, size: usize, key: impl Fn(&T) -> Cursor) -> Page<T> {
        let has_more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| has_more).map(key);
        Page { rows, next }
    }
}

/// `find`, ordered by `(sort, id)`, from `after` on, one row more than `size`, so that [`Page::cut`] knows whether
/// there is more. An index on `(…, sort, id)` answers it without sorting.
pub fn select<E, C>(
    find: Select<E>,
    (sort, id): (C, C),
    after: Option<Cursor>,
    size: usize,
) -> Select<E>
where
    E: EntityTrait,
    C: ColumnTrait,
{
    let find = match after {
        None => find,
        Some(cursor) => find.filter(is_after((sort, id), cursor)),
    };
    find.order_by(sort, Order::Asc)
        .order_by(id, Order::Asc)
        .limit(size as u64 + 1)
}

/// `(sort, id) > (?, ?)`: a comparison of rows, which both databases answer by one range of the index.
fn is_after<C: ColumnTrait>((sort, id): (C, C), cursor: Cursor) -> SimpleExpr {
    let column = |column: C| SimpleExpr::Column(column.as_column_ref().into_column_ref());
    let row = Expr::tuple([column(sort), column(id)]);
    Expr::expr(row).gt(Expr::tuple([cursor.sort.into(), cursor.id.into()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_way_through_a_url() {
        for cursor in [
            Cursor {
                sort: 1_784_000_000_000,
                id: 7,
            },
            Cursor {
                sort: i64::MAX,
                id: 1,
            },
            Cursor { sort: -5, id: 2 },
        ] {
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
    }

    #[test]
    fn a_cursor_that_is_not_ours_is_not_found() {
        for text in ["", "1", "x-y", "1-", "-1-2", "11111111111111111-1", "1-2-3"] {
            assert!(
                matches!(text.parse::<Cursor>(), Err(Error::NotFound)),
                "{text}"
            );
        }
    }

    #[test]
    fn the_last_page_names_no_next() {
        let key = |row: &i64| Cursor {
            sort: *row,
            id: *row,
        };
        assert_eq!(Page::cut(vec![1, 2], 2, key).next, None);
        assert_eq!(
            Page::cut(vec![1, 2, 3], 2, key),
            Page {
                rows: vec![1, 2],
                next: Some(Cursor { sort: 2, id: 2 })
            }
        );
    }
}
