//! One id type per table, so that one cannot stand where another is meant.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, sea_orm::DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(number: u64) -> Result<Self, sea_orm::DbErr> {
                i64::try_from_u64(number).map($name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A row of `users`.
    UserId
    /// A row of `sessions`.
    SessionId
    /// A row of `mail_links`.
    MailLinkId
    /// A row of `events`.
    EventId
    /// A row of `guests`.
    GuestId
    /// A row of `items`.
    ItemId
    /// A row of `submissions`.
    SubmissionId
    /// A row of `uploads`.
    UploadId
}
