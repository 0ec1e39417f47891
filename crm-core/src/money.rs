//! Money: whole minor units and a currency, never a float.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt;

/// An ISO 4217 currency code such as `USD`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency of a code, in any case; `None` unless it is three ASCII letters.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.trim().as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    /// The code, `USD`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimal digits the minor unit has: 2 for most, 0 for the yen, 3 for some dinars (ISO 4217).
    pub fn digits(&self) -> u32 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
            | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Whole minor units (cents).
    pub minor: i64,
    /// The currency that the minor units are of.
    pub currency: Currency,
}

impl Money {
    /// The money that a decimal amount names; `None` when it has more digits than the currency or is out of range.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Option<Self> {
        let minor = amount.checked_mul(Decimal::from(10_i64.pow(currency.digits())))?;
        (minor.fract().is_zero()).then_some(())?;
        Some(Self { minor: minor.to_i64()?, currency })
    }

    /// The amount in major units, with exactly the currency's digits: `1250.00`.
    pub fn amount(&self) -> Decimal {
        Decimal::new(self.minor, self.currency.digits())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_keeps_the_digits_of_its_currency() {
        let usd = Currency::parse("usd").unwrap();
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(Money::from_decimal("1250.5".parse().unwrap(), usd).unwrap().to_string(), "1250.50 USD");
        assert_eq!(Money::from_decimal("1250".parse().unwrap(), yen).unwrap().to_string(), "1250 JPY");
        assert_eq!(Money::from_decimal("0.5".parse().unwrap(), yen), None);
        assert_eq!(Money::from_decimal("0.001".parse().unwrap(), usd), None);
    }
}
