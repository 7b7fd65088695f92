//! Which way up a picture was stored.

/// How the stored pixels must be turned to stand upright.
/// Source: CIPA DC-008 (Exif 3.0), tag 0x0112.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// 1: as stored.
    Upright,
    /// 2: mirrored left to right.
    Mirrored,
    /// 3: upside down.
    HalfTurn,
    /// 4: mirrored top to bottom.
    Flipped,
    /// 5: mirrored along the main diagonal.
    Transposed,
    /// 6: needs a quarter turn clockwise.
    QuarterTurn,
    /// 7: mirrored along the other diagonal.
    Transversed,
    /// 8: needs a quarter turn counter-clockwise.
    QuarterTurnBack,
}

impl Orientation {
    /// The orientation of that Exif number; what is not 1–8 counts as upright.
    pub fn from_exif(number: u64) -> Orientation {
        match number {
            2 => Orientation::Mirrored,
            3 => Orientation::HalfTurn,
            4 => Orientation::Flipped,
            5 => Orientation::Transposed,
            6 => Orientation::QuarterTurn,
            7 => Orientation::Transversed,
            8 => Orientation::QuarterTurnBack,
            _ => Orientation::Upright,
        }
    }

    /// Whether width and height change places.
    pub fn swaps_sides(self) -> bool {
        matches!(
            self,
            Orientation::Transposed
                | Orientation::QuarterTurn
                | Orientation::Transversed
                | Orientation::QuarterTurnBack
        )
    }
}
