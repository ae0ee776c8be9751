using Coordinator.Rows;
using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Appends one value, which is not null, to a column that stores it unchanged.</summary>
/// <exception cref="OverflowException">The value does not fit.</exception>
/// <exception cref="FormatException">The text does not have the form that binding produces.</exception>
internal delegate void DuckDbAppend(IDuckDBAppenderRow target, in Column value, int row);
