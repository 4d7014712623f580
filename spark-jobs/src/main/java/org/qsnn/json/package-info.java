/**
 * JSON as everything here reads and writes it: as trees, one object on one line with its keys in
 * the order they were put, each once, finite numbers only ({@link org.qsnn.json.Json}); and as
 * records ({@link org.qsnn.json.JsonRecords}). Imports nothing of this module.
 */
package org.qsnn.json;
