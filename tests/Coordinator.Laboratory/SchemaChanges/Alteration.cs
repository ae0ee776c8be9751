namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>The change to a table of <c>k</c> and <c>v</c>.</summary>
internal enum Alteration
{
    /// <summary><c>v</c> gets another type.</summary>
    Alter,

    /// <summary><c>v</c> is dropped and added with another type.</summary>
    DropAndAdd,

    /// <summary><c>v</c> is dropped and a column with another name is added in its place.</summary>
    DropAndAddOther,

    /// <summary><c>v</c> and a column of another type swap their names.</summary>
    Swap,

    /// <summary>The table is dropped and created with another type and another order of columns.</summary>
    DropAndCreate,
}
