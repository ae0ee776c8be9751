using System.Globalization;
using Coordinator.ClientHost.Settings;
using Coordinator.Hosting;
using Coordinator.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Settings;

/// <summary>Every setting of every room refuses the values that would fail later. The settings come from the options classes: a new one is tested
/// here without a change.</summary>
public sealed class EverySettingTests
{
    private static readonly string[] ZeroIsRight =
    [
        "Coordinator:Grains:Queue:FlushInterval",
        "Coordinator:Grains:Reservations:Margin",
        "Coordinator:Grains:Retry:Delay",
        "Coordinator:Grains:Retry:MaxRetries",
        "Coordinator:Grains:UpdateMaxRestarts",
        "Coordinator:Locking:Margin",
        "Coordinator:Locking:UnavailableAfter",
        "Coordinator:Warehouse:Redshift:Staging:FromBytes",
    ];

    /// <summary>Texts, each with a value that is wrong; null where every text is right.</summary>
    private static readonly Dictionary<string, string?> WrongTexts = new()
    {
        ["Coordinator:Client:Source"] = " ",
        ["Coordinator:Clustering:ClusterId"] = new string('x', 151),
        ["Coordinator:Clustering:ConnectionString"] = "Host=given",
        ["Coordinator:Clustering:ServiceId"] = "",
        ["Coordinator:Locking:Memcached:Servers"] = "a:1,b:c",
        ["Coordinator:Locking:Memcached:TlsCaFile"] = "/nowhere/ca.pem",
        ["Coordinator:Locking:Memcached:TlsServerName"] = " ",
        ["Coordinator:Locking:Memcached:TlsThumbprint"] = "12:34",
        ["Coordinator:Silo:Address"] = "0.0.0.0",
        ["Coordinator:Silo:Name"] = "",
        ["Coordinator:Warehouse:ConnectionString"] = "Host=db;Database=warehouse",
        ["Coordinator:Warehouse:DuckDb:SetupScript"] = "/nowhere/tables.sql",
        ["Coordinator:Warehouse:Id"] = " ",
        ["Coordinator:Warehouse:PasswordFile"] = "/nowhere/password",
        ["Coordinator:Warehouse:Redshift:Login:AccessKeyId"] = null,
        ["Coordinator:Warehouse:Redshift:Login:ClusterId"] = "my cluster",
        ["Coordinator:Warehouse:Redshift:Login:Endpoint"] = "somewhere",
        ["Coordinator:Warehouse:Redshift:Login:Region"] = "Ireland!",
        ["Coordinator:Warehouse:Redshift:Login:SecretAccessKey"] = null,
        ["Coordinator:Warehouse:Redshift:Login:SecretId"] = "my secret",
        ["Coordinator:Warehouse:Redshift:Login:Workgroup"] = "my workgroup",
        ["Coordinator:Warehouse:Redshift:Staging:AccessKeyId"] = null,
        ["Coordinator:Warehouse:Redshift:Staging:Bucket"] = "It's mine",
        ["Coordinator:Warehouse:Redshift:Staging:Endpoint"] = "somewhere",
        ["Coordinator:Warehouse:Redshift:Staging:IamRole"] = "x'y",
        ["Coordinator:Warehouse:Redshift:Staging:KmsKeyId"] = "key",
        ["Coordinator:Warehouse:Redshift:Staging:Prefix"] = "/p/",
        ["Coordinator:Warehouse:Redshift:Staging:Region"] = "Ireland!",
        ["Coordinator:Warehouse:Redshift:Staging:SecretAccessKey"] = null,
    };

    [Fact]
    public void The_defaults_are_right_with_every_warehouse() =>
        Assert.All(Enum.GetNames<WarehouseProvider>(), static provider => Assert.Empty(Mistakes(Surroundings($"Coordinator:Warehouse:{provider}:"))));

    [Fact]
    public void Every_number_time_choice_and_switch_refuses_bad_values() =>
        Assert.All(Known().Where(static s => s.Type != typeof(string)), static setting => Assert.All(BadValues(setting), value =>
        {
            var mistakes = Mistakes([.. Surroundings(setting.Key), (setting.Key, value)]);
            var isNamed = mistakes.Any(m => m.StartsWith(setting.Key + " is '", StringComparison.Ordinal));
            Assert.True(isNamed, $"{setting.Key}={value}: {string.Join(" ", mistakes)}");
        }));

    [Fact]
    public void Zero_is_right_where_it_means_something_and_nowhere_else()
    {
        var right = Known()
            .Where(static setting => Underlying(setting) is var type && (type == typeof(TimeSpan) || type == typeof(int) || type == typeof(long)))
            .Where(static setting => Mistakes([.. Surroundings(setting.Key), (setting.Key, Zero(setting))]).Count == 0)
            .Select(static setting => setting.Key);
        Assert.Equal(ZeroIsRight, right.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_text_that_can_be_wrong_is_refused_when_it_is()
    {
        var texts = Known().Where(static s => s.Type == typeof(string)).Select(static s => s.Key);
        Assert.Equal(WrongTexts.Keys.Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
        Assert.All(WrongTexts.Where(static text => text.Value is not null), static text =>
        {
            var mistakes = Mistakes([.. Surroundings(text.Key), (text.Key, text.Value)]);
            var isNamed = mistakes.Any(m => m.StartsWith(text.Key + " ", StringComparison.Ordinal));
            Assert.True(isNamed, $"{text.Key}={text.Value}: {string.Join(" ", mistakes)}");
        });
    }

    [Theory]
    [InlineData("Coordinator:Silo:GatewayPort is '11111'; expected another port than SiloPort", "Silo:GatewayPort", "11111")]
    [InlineData("Coordinator:Grains:Reservations:Margin is '", "Grains:Reservations:Margin", "00:00:06", "Grains:Reservations:Lease", "00:00:12")]
    [InlineData("Coordinator:Grains:Retry:MaxDelay is '00:00:01'", "Grains:Retry:MaxDelay", "00:00:01", "Grains:Retry:Delay", "00:00:02")]
    [InlineData("Coordinator:Grains:Reservations:AskTimeout is '00:00:16'", "Grains:Reservations:AskTimeout", "00:00:16")]
    [InlineData("Coordinator:Locking:AcquireTimeout is '00:00:06'", "Locking:AcquireTimeout", "00:00:06")]
    [InlineData("Coordinator:Locking:Margin is '00:00:04'", "Locking:Margin", "00:00:04")]
    [InlineData("Coordinator:Locking:Memcached:Servers is empty", "Locking:Provider", "Memcached")]
    [InlineData("Coordinator:Locking:Memcached:Servers holds 'a:1' 2 times", "Locking:Memcached:Servers", "a:1,b:2,A:1")]
    [InlineData("Coordinator:Locking:Memcached:Tls is false", "Locking:Memcached:TlsServerName", "x")]
    [InlineData("Coordinator:Clustering:ConnectionString is given and Coordinator:Clustering:P", "Clustering:ConnectionString", "cache:6379")]
    [InlineData("Coordinator:Clustering:ConnectionString is empty", "Clustering:Provider", "Redis")]
    [InlineData("Coordinator:Silo:Address is '192.0.2.1'; expected a loopback address", "Silo:Address", "192.0.2.1")]
    [InlineData(
        "Coordinator:Warehouse:Postgres:MaxPoolSize is given and Coordinator:Warehouse:Provider is not; expected Postgres",
        "Warehouse:Postgres:MaxPoolSize", "5")]
    [InlineData(
        "Coordinator:Warehouse:Redshift:Staging:Bucket is given and Coordinator:Warehouse:Provider is not; expected Redshift",
        "Warehouse:Redshift:Staging:Bucket", "my-bucket")]
    [InlineData("Coordinator:Warehouse:ConnectionString names no Host", "Warehouse:Provider", "Postgres")]
    [InlineData("Coordinator:Warehouse:ConnectionString cannot be read", "Warehouse:Provider", "Redshift", "Warehouse:ConnectionString", "hush")]
    [InlineData(
        "Coordinator:Warehouse:Postgres:FenceTimeout is '00:03:00'; expected less than CommandTimeout",
        "Warehouse:Provider", "Postgres", "Warehouse:ConnectionString", "Host=db", "Warehouse:Postgres:FenceTimeout", "00:03:00")]
    public void Settings_that_contradict_each_other_are_refused(string expected, params string[] pairs)
    {
        var settings = pairs.Chunk(2).Select(static pair => ("Coordinator:" + pair[0], (string?)pair[1]));
        var mistake = Assert.Single(Mistakes([.. settings]));
        Assert.StartsWith(expected, mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", mistake, StringComparison.Ordinal);
    }

    /// <summary>A room whose options are validated in the container, but not before, would report its mistakes apart from the others.</summary>
    [Theory]
    [InlineData("DuckDb")]
    [InlineData("Postgres")]
    [InlineData("Redshift")]
    public void Every_room_that_a_silo_validates_is_among_those_that_are_checked_before(string provider)
    {
        var builder = Host.CreateApplicationBuilder();
        var settings = Surroundings($"Coordinator:Warehouse:{provider}:").Select(static s => KeyValuePair.Create(s.Key, s.Value));
        builder.Configuration.AddInMemoryCollection(settings);
        builder.UseOrleans(silo => silo.AddCoordinator(builder.Configuration));
        var rooms = builder.Services.Select(static s => s.ServiceType)
            .Where(static t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IValidateOptions<>))
            .Select(static t => t.GetGenericArguments()[0])
            .Where(static t => t.Assembly.GetName().Name!.StartsWith("Coordinator.", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(rooms);
        var known = Known();
        Assert.All(rooms, room => Assert.Contains(known, setting => setting.Key.StartsWith(Section(room) + ":", StringComparison.Ordinal)));
    }

    private static string Section(Type room) => (string)room.GetField("Section")!.GetValue(null)!;

    private static string Zero(KnownSetting setting) => Underlying(setting) == typeof(TimeSpan) ? "00:00:00" : "0";

    private static IEnumerable<string> BadValues(KnownSetting setting)
    {
        var type = Underlying(setting);
        if (type == setting.Type) yield return "";
        yield return "abc";
        if (type == typeof(TimeSpan))
        {
            yield return "15";
            yield return "-00:00:01";
            yield return "10000.00:00:00";
            yield return TimeSpan.MaxValue.ToString();
        }
        else if (type == typeof(int) || type == typeof(long))
        {
            yield return "-1";
            yield return (type == typeof(int) ? int.MaxValue : long.MaxValue).ToString(CultureInfo.InvariantCulture);
            yield return "99999999999999999999";
        }
        else
        {
            yield return "99";
        }
    }

    private static Type Underlying(KnownSetting setting) => Nullable.GetUnderlyingType(setting.Type) ?? setting.Type;

    /// <summary>What must be set for a room to be in use, so that its rules hold.</summary>
    private static (string Key, string? Value)[] Surroundings(string key)
    {
        (string, string?) connection = ("Coordinator:Warehouse:ConnectionString", "Host=db");
        if (key.StartsWith("Coordinator:Warehouse:Postgres:", StringComparison.Ordinal))
            return [("Coordinator:Warehouse:Provider", "Postgres"), connection];
        return key.StartsWith("Coordinator:Warehouse:Redshift:", StringComparison.Ordinal)
            ? [("Coordinator:Warehouse:Provider", "Redshift"), connection, ("Coordinator:Warehouse:Redshift:Staging:Bucket", "my-bucket")]
            : [];
    }

    private static IReadOnlyList<KnownSetting> Known()
    {
        var reader = Reader([]);
        SiloSettings.Read(reader);
        ServeSettings.Read(reader);
        return [.. reader.Known.DistinctBy(static s => s.Key)];
    }

    private static List<string> Mistakes((string Key, string? Value)[] settings)
    {
        SettingsReader silo = Reader(settings), client = Reader(settings);
        SiloSettings.Read(silo);
        ServeSettings.Read(client);
        return [.. silo.Mistakes.Union(client.Mistakes)];
    }

    private static SettingsReader Reader((string Key, string? Value)[] settings) =>
        new(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Reverse().DistinctBy(static s => s.Key).Select(static s => KeyValuePair.Create(s.Key, s.Value)))
            .Build());
}
