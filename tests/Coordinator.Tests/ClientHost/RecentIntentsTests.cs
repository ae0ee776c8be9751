using Coordinator.ClientHost.Http;
using Coordinator.Tables;

namespace Coordinator.Tests.ClientHost;

public sealed class RecentIntentsTests
{
    [Fact]
    public void The_oldest_are_forgotten_beyond_the_limit()
    {
        var recent = new RecentIntents(limit: 2);
        for (var i = 0; i < 3; i++) recent.Add(Some.Id(i), Some.Table);
        recent.Add(Some.Id(2), Some.Table);
        Assert.Equal([null, Some.Table, Some.Table], new TableName?[] { recent.Find(Some.Id(0)), recent.Find(Some.Id(1)), recent.Find(Some.Id(2)) });
    }
}
