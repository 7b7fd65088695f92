/** The sprite's address, put in by build.mjs. */
declare const ICONS_URL: string;

declare module "*.ftl" {
  const text: string;
  export default text;
}
