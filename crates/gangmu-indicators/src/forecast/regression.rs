//! Regression with what was thought before (共轭回归): how likely a series is under one motion, and what follows.
//!
//! Coefficients are normal around nothing with a variance in units of the surprise's; the first one (where the level
//! starts) is free. The surprise's own size is unknown, which is where Student's distribution comes from.

/// The Cholesky factor of a small symmetric matrix, row by row.
#[derive(Debug)]
pub struct Factor {
    size: usize,
    rows: Vec<f64>,
}

impl Factor {
    /// Of the matrix given by its entries; none where it isn't positive.
    pub fn of(size: usize, entry: impl Fn(usize, usize) -> f64) -> Option<Self> {
        let mut rows = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..=i {
                let (above, beside) = (&rows[j * size..j * size + j], &rows[i * size..i * size + j]);
                let rest = entry(i, j) - dot(above, beside);
                rows[i * size + j] = if i == j {
                    if rest <= 1e-12 {
                        return None;
                    }
                    rest.sqrt()
                } else {
                    rest / rows[j * size + j]
                };
            }
        }
        Some(Self { size, rows })
    }

    /// The logarithm of the matrix's determinant.
    pub fn log_determinant(&self) -> f64 {
        // One logarithm for all: fifteen factors of a few hundred each stay within a float.
        2.0 * (0..self.size).map(|i| self.rows[i * self.size + i]).product::<f64>().ln()
    }

    /// The vector that the factor makes into this one; its length is the vector's in the inverse metric.
    pub fn lower(&self, right: &[f64]) -> Vec<f64> {
        let mut solved: Vec<f64> = Vec::with_capacity(self.size);
        for (i, right) in right.iter().enumerate().take(self.size) {
            let row = &self.rows[i * self.size..=i * self.size + i];
            let known = dot(&row[..i], &solved);
            solved.push((right - known) / row[i]);
        }
        solved
    }
}

/// The sum of the products, in four sums beside each other.
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    let (left, left_rest) = left.as_chunks::<4>();
    let (right, right_rest) = right.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (a, b) in left.iter().zip(right) {
        for at in 0..4 {
            sums[at] += a[at] * b[at];
        }
    }
    let rest: f64 = left_rest.iter().zip(right_rest).map(|(a, b)| a * b).sum();
    sums[0] + sums[1] + sums[2] + sums[3] + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_solves_and_knows_the_determinant() {
        let matrix = [[4.0, 2.0], [2.0, 3.0]];
        let factor = Factor::of(2, |i, j| matrix[i][j]).unwrap();
        assert!((factor.log_determinant() - 8.0_f64.ln()).abs() < 1e-12);
        // vᵀ M⁻¹ v for v = (2, 5): M⁻¹ = [[3, −2], [−2, 4]] / 8.
        let lower = factor.lower(&[2.0, 5.0]);
        assert!((dot(&lower, &lower) - 9.0).abs() < 1e-12);
        assert!(Factor::of(2, |_, _| 1.0).is_none());
    }
}
