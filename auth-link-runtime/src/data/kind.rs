//! The words that the Data API has for a kind of thing.

use crate::open_enum::open_enum;

open_enum! {
    /// The kind of an account.
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

    /// Which way the money went.
    TransactionType {
        /// Out of the account, or onto the bill of the card.
        Debit = "DEBIT",
        /// Into the account, or off the bill of the card.
        Credit = "CREDIT",
    }

    /// What a transaction is.
    TransactionCategory {
        /// Cash, from or into a machine.
        Atm = "ATM",
        /// A bill was paid.
        BillPayment = "BILL_PAYMENT",
        /// Cash, over the counter.
        Cash = "CASH",
        /// Cash taken with a purchase.
        Cashback = "CASHBACK",
        /// A cheque.
        Cheque = "CHEQUE",
        /// An error was put right.
        Correction = "CORRECTION",
        /// Money came in.
        Credit = "CREDIT",
        /// Taken by someone whom the user allowed to.
        DirectDebit = "DIRECT_DEBIT",
        /// A payment for shares held.
        Dividend = "DIVIDEND",
        /// A fee.
        FeeCharge = "FEE_CHARGE",
        /// Interest, earned or owed.
        Interest = "INTEREST",
        /// Something else.
        Miscellaneous = "OTHER",
        /// A purchase with a card.
        Purchase = "PURCHASE",
        /// Paid at intervals, by the user's order.
        StandingOrder = "STANDING_ORDER",
        /// Between accounts.
        Transfer = "TRANSFER",
        /// Money went out.
        Debit = "DEBIT",
        /// The bank does not say.
        Unknown = "UNKNOWN",
    }

    /// Whether a direct debit or a standing order is in force.
    OrderStatus {
        /// In force.
        Active = "Active",
        /// No longer.
        Inactive = "Inactive",
    }
}
