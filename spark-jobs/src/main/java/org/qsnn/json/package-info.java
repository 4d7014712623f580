/**
 * JSON as everything here reads and writes it: one object on one line, keys in the order they were
 * put, each once, finite numbers only. Imports nothing of this module. There is one class, {@link
 * org.qsnn.json.Json}.
 */
package org.qsnn.json;
