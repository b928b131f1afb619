//! The types, categories and statuses in the Data API.

use std::borrow::Cow;

use crate::client::FromText;
use crate::open_enum::open_enum;

open_enum! {
    /// The type of an account.
    AccountType {
        /// A current account.
        Transaction = "TRANSACTION",
        /// A savings account.
        Savings = "SAVINGS",
        /// A current account of a business.
        BusinessTransaction = "BUSINESS_TRANSACTION",
        /// A savings account of a business.
        BusinessSavings = "BUSINESS_SAVINGS",
    }

    /// The direction of a transaction.
    TransactionType {
        /// Money left the account, or was charged to the card.
        Debit = "DEBIT",
        /// Money entered the account, or was credited to the card.
        Credit = "CREDIT",
    }

    /// The category of a transaction.
    TransactionCategory {
        /// A withdrawal or deposit at a cash machine.
        Atm = "ATM",
        /// The payment of a bill.
        BillPayment = "BILL_PAYMENT",
        /// A withdrawal or deposit at a counter.
        Cash = "CASH",
        /// Cash from a shop, together with a purchase.
        Cashback = "CASHBACK",
        /// A cheque.
        Cheque = "CHEQUE",
        /// A correction of an error.
        Correction = "CORRECTION",
        /// Another incoming payment.
        Credit = "CREDIT",
        /// A payment that the payee collected with the user's mandate.
        DirectDebit = "DIRECT_DEBIT",
        /// A dividend.
        Dividend = "DIVIDEND",
        /// A fee.
        FeeCharge = "FEE_CHARGE",
        /// Earned or owed interest.
        Interest = "INTEREST",
        /// Another category, `OTHER` in the API.
        Miscellaneous = "OTHER",
        /// A purchase with a card.
        Purchase = "PURCHASE",
        /// A regular payment by the user's order.
        StandingOrder = "STANDING_ORDER",
        /// A transfer between accounts.
        Transfer = "TRANSFER",
        /// Another outgoing payment.
        Debit = "DEBIT",
        /// The bank does not provide a category.
        Unknown = "UNKNOWN",
    }

    /// The status of a direct debit or a standing order.
    OrderStatus {
        /// The order is active.
        Active = "Active",
        /// The order is inactive.
        Inactive = "Inactive",
    }
}

macro_rules! from_text {
    ($($name:ident),*) => {$(
        impl FromText for $name {
            fn from_text(text: Cow<'_, str>) -> Option<Self> {
                Some(Self::read(&text))
            }

            fn heap_len(&self) -> usize {
                if let Self::Other(word) = self { word.len() } else { 0 }
            }
        }
    )*};
}

from_text!(AccountType, OrderStatus, TransactionCategory, TransactionType);
