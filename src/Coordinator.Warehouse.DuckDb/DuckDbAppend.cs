using Coordinator.Rows;
using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Appends one value, which is no null, to a column that stores it just so.</summary>
/// <exception cref="OverflowException">The value does not fit.</exception>
/// <exception cref="FormatException">The text is not of the form that binding makes.</exception>
internal delegate void DuckDbAppend(IDuckDBAppenderRow target, in Column value, int row);
