using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Npgsql;

/// <summary>Adds parameters without boxing their values.</summary>
internal static class TypedParameters
{
    public static void AddTyped<T>(this NpgsqlParameterCollection parameters, T value) =>
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    public static void AddTyped<T>(this NpgsqlParameterCollection parameters, T value, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
}
