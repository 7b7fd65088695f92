/** Entry for every page with a gallery. The lightbox is loaded when the first photo is opened. */
import "./gallery/gallery";
