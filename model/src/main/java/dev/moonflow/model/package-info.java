/**
 * Kimi-VL as a plain Java library on top of kernels: load a checkpoint, tokenise, see, generate.
 */
package dev.moonflow.model;
