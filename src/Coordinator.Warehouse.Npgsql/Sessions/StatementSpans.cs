using System.Diagnostics;
using Npgsql;

namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>Names Npgsql's spans by their purpose, without the SQL: it contains rows if they are literals, and the credentials of a
/// COPY.</summary>
internal static class StatementSpans
{
    private const int MaxWords = 6;

    public static void Configure(NpgsqlTracingOptionsBuilder tracing) => tracing
        .ConfigureCommandSpanNameProvider(static command => Verb(command.CommandText))
        .ConfigureBatchSpanNameProvider(static batch => string.Join(", ", Verbs(batch).Distinct().Take(MaxWords)))
        .ConfigureCommandEnrichmentCallback(static (span, _) => RemoveText(span))
        .ConfigureBatchEnrichmentCallback(static (span, _) => RemoveText(span));

    private static void RemoveText(Activity span) => span.SetTag("db.query.text", null).SetTag("db.statement", null);

    private static IEnumerable<string> Verbs(NpgsqlBatch batch) =>
        batch.BatchCommands.Cast<NpgsqlBatchCommand>().Select(static command => Verb(command.CommandText));

    private static string Verb(string sql)
    {
        var text = sql.AsSpan().TrimStart();
        var end = 0;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        return end == 0 ? "SQL" : text[..end].ToString().ToUpperInvariant();
    }
}
