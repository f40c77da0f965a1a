/**
 * Kimi-VL with gradients: MoonViT, projector and the MLA mixture-of-experts language model as
 * LibTorch expressions over the checkpoint's own tensor names. The inference engine in {@code
 * dev.moonflow.model} and this package were written apart and check each other.
 */
package dev.moonflow.training.network;
