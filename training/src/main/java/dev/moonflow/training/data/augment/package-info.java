/**
 * Changes to an example's images that keep what they show: rotation, perspective and elastic
 * distortion, colour, noise, blur, JPEG. Regions move with the pixels, and so do the coordinates of
 * actions on screens.
 */
package dev.moonflow.training.data.augment;
