/**
 * Pages in a real browser: headless Chromium, driven over its DevTools protocol. Read {@link
 * org.qsnn.browser.Chromium} first.
 */
package org.qsnn.browser;
