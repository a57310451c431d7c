// The script and the style of the page, which the build makes of the folder page/ and puts in here.

/** Both are minified, and neither contains the end of its element. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** Their SHA-256 in base64, for the policy of the page. */
  readonly scriptHash: string;
  readonly styleHash: string;
  /** The licences of the packages in the script. */
  readonly licences: string;
}

/** Set by the build (scripts/build/report-page.js). */
declare const MEMTOP_REPORT_PAGE: PageParts;

export const pageParts = (): PageParts => MEMTOP_REPORT_PAGE;
