//! Rectangles of samples: one channel of a JPEG, or interleaved RGB.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::orientation::Orientation;

/// A rectangle of 8-bit samples without padding, `channels` (1 or 3) of them a pixel.
#[derive(Clone, Debug)]
pub struct Plane {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Samples a pixel: 1 or 3.
    pub channels: usize,
    /// Row after row, `width × height × channels` of them.
    pub samples: Vec<u8>,
}

impl Plane {
    /// Wraps `samples`, which hold `width × height × channels` values.
    pub fn new(width: usize, height: usize, channels: usize, samples: Vec<u8>) -> Plane {
        assert_eq!(samples.len(), width * height * channels, "a plane is full");
        assert!(channels == 1 || channels == 3, "grey or RGB");
        Plane {
            width,
            height,
            channels,
            samples,
        }
    }

    /// The same picture in `width × height`, by Lanczos3 (bilinear when it grows).
    pub fn resized(&self, width: usize, height: usize, resizer: &mut Resizer) -> Plane {
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let pixel = match self.channels {
            1 => PixelType::U8,
            _ => PixelType::U8x3,
        };
        let grows = width > self.width || height > self.height;
        let filter = if grows {
            FilterType::Bilinear
        } else {
            FilterType::Lanczos3
        };
        let source = ImageRef::new(self.width as u32, self.height as u32, &self.samples, pixel)
            .expect("a plane is full");
        let mut target = Image::new(width as u32, height as u32, pixel);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
        resizer
            .resize(&source, &mut target, &options)
            .expect("both sides have the same kind of pixel");
        Plane::new(width, height, self.channels, target.into_vec())
    }

    /// The same picture turned so that it stands upright.
    pub fn turned(self, orientation: Orientation) -> Plane {
        match self.channels {
            1 => self.turn::<1>(orientation),
            _ => self.turn::<3>(orientation),
        }
    }

    fn turn<const N: usize>(mut self, orientation: Orientation) -> Plane {
        let (width, height) = (self.width, self.height);
        let samples = self.samples.as_chunks_mut::<N>().0;
        match orientation {
            Orientation::Upright => self,
            Orientation::HalfTurn => {
                samples.reverse();
                self
            }
            Orientation::Mirrored => {
                samples.chunks_exact_mut(width).for_each(<[_]>::reverse);
                self
            }
            Orientation::Flipped => {
                samples.reverse();
                samples.chunks_exact_mut(width).for_each(<[_]>::reverse);
                self
            }
            Orientation::Transposed => self.transpose::<N>(|x, y| (y, x)),
            Orientation::QuarterTurn => self.transpose::<N>(|x, y| (height - 1 - y, x)),
            Orientation::Transversed => self.transpose::<N>(|x, y| (height - 1 - y, width - 1 - x)),
            Orientation::QuarterTurnBack => self.transpose::<N>(|x, y| (y, width - 1 - x)),
        }
    }

    /// Moves each pixel to `place(x, y)` with the sides swapped, in blocks that fit the cache.
    fn transpose<const N: usize>(self, place: impl Fn(usize, usize) -> (usize, usize)) -> Plane {
        const BLOCK: usize = 32;
        let (width, height) = (self.width, self.height);
        let mut samples = vec![0; self.samples.len()];
        let (from, to) = (
            self.samples.as_chunks::<N>().0,
            samples.as_chunks_mut::<N>().0,
        );
        for top in (0..height).step_by(BLOCK) {
            for left in (0..width).step_by(BLOCK) {
                for y in top..(top + BLOCK).min(height) {
                    for x in left..(left + BLOCK).min(width) {
                        let (to_x, to_y) = place(x, y);
                        to[to_y * height + to_x] = from[y * width + x];
                    }
                }
            }
        }
        Plane::new(height, width, N, samples)
    }

    /// The top left `width × height` of a plane that is larger.
    pub fn cropped(self, width: usize, height: usize) -> Plane {
        if (width, height) == (self.width, self.height) {
            return self;
        }
        let row = self.width * self.channels;
        let samples = self
            .samples
            .chunks_exact(row)
            .take(height)
            .flat_map(|samples| &samples[..width * self.channels])
            .copied()
            .collect();
        Plane::new(width, height, self.channels, samples)
    }

    /// The same picture with its last column and row repeated until both sides are even,
    /// as an encoder with halved chroma expects its luma.
    pub fn padded_to_even(&self) -> Plane {
        let (width, height) = (self.width + self.width % 2, self.height + self.height % 2);
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let row = self.width * self.channels;
        let mut samples = Vec::with_capacity(width * height * self.channels);
        for y in 0..height {
            let line = &self.samples[y.min(self.height - 1) * row..][..row];
            samples.extend_from_slice(line);
            if width > self.width {
                samples.extend_from_slice(&line[row - self.channels..]);
            }
        }
        Plane::new(width, height, self.channels, samples)
    }
}
