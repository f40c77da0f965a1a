/**
 * Patch packing: 8-bit images of any size to one packed, normalised patch tensor with its rotary
 * and position tables; an Aparapi kernel and its CPU twin, equal bit for bit. What can be computed
 * once per setting is a table made on the host. May use the device package.
 */
package dev.moonflow.kernels.packing;
