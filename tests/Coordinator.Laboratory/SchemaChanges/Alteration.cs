namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>What happens to a table of <c>k</c> and <c>v</c>.</summary>
internal enum Alteration
{
    /// <summary><c>v</c> gets another type.</summary>
    Alter,

    /// <summary><c>v</c> is dropped and added with another type.</summary>
    DropAndAdd,

    /// <summary><c>v</c> is dropped and a column of another name is added in its place.</summary>
    DropAndAddOther,

    /// <summary><c>v</c> and a column of another type change their names.</summary>
    Swap,

    /// <summary>The table is dropped and made again with another type, its columns in another order.</summary>
    DropAndCreate,
}
