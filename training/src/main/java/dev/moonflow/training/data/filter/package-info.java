/**
 * What is kept and what is not (SPEC section 12.4): exact and near duplicates, agreement of image
 * and text, spread of resolutions, balance over the taxonomy, order of interleaved parts, and the
 * choice among sampled answers. Filters that look at one example are functions of it; those that
 * compare examples reduce to a key per example, so that jobs decide the same whatever their
 * parallelism: of examples that exclude each other, the one with the lowest {@link
 * dev.moonflow.training.data.filter.StableOrder} stays.
 */
package dev.moonflow.training.data.filter;
