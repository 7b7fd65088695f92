/** Entry for guest pages. Only what the first visit needs; the gallery has an entry of its own. */
import "./elements/password-toggle";
import "./uploads/uploader";
