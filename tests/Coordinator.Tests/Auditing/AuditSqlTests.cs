using Coordinator.Core.Auditing;

namespace Coordinator.Tests.Auditing;

public sealed class AuditSqlTests
{
    [Fact]
    public void The_page_for_operators_shows_what_the_command_runs()
    {
        var page = Words(File.ReadAllText(Path.Combine(Root(), "docs", "operating.md")));
        foreach (var sql in new[] { AuditSql.Writes("coordinator.\"public.events\""), AuditSql.Overlaps("coordinator.\"public.events\"") })
        {
            var byHand = sql.Replace("$1", "TIMESTAMPTZ '2026-07-01 12:00+00'", StringComparison.Ordinal)
                .Replace("$2", "TIMESTAMPTZ '2026-07-01 13:00+00'", StringComparison.Ordinal)
                .Replace("$3", "100", StringComparison.Ordinal);
            Assert.True(page.Contains(Words(byHand), StringComparison.Ordinal), "docs/operating.md, \"Who wrote when\", should have this SQL:\n"
                + byHand);
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Coordinator.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No Coordinator.sln above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }
}
