/** Entry for host, site and admin pages: small elements that make plain HTML a little kinder. */
import "./elements/confirm";
import "./elements/copy-button";
import "./elements/local-time";
import "./elements/password-toggle";
import "./elements/share-button";
