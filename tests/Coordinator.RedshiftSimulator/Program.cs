using System.CommandLine;
using System.Globalization;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Aws;
using Coordinator.RedshiftSimulator.Wire;
using Npgsql;

var upstream = new Option<string>("--upstream")
{
    Description =
    "The PostgreSQL below, as Npgsql reads it; a superuser's. Example: Host=localhost;Username=postgres;Database=warehouse",
    Required = true
};
var port = new Option<int>("--port") { Description = "The port on loopback.", DefaultValueFactory = static _ => 5439 };
var isolation = new Option<IsolationLevel>("--isolation")
{
    Description = "The isolation level of every database.",
    DefaultValueFactory = static _ => IsolationLevel.Serializable
};
var serverless = new Option<bool>("--serverless") { Description = "Refuse what Redshift Serverless refuses." };
var multiAz = new Option<bool>("--multi-az") { Description = "Refuse what a Multi-AZ cluster refuses." };
var latency = new Option<int>("--commit-milliseconds") { Description = "What a commit takes.", DefaultValueFactory = static _ => 200 };
var forget = new Option<double?>("--forget-seconds") { Description = "Drop a connection silently on which nothing passed for so long." };
var pause = new Option<double?>("--pause-seconds") { Description = "Pause the workgroup when it had no statement for so long." };
var resume = new Option<double>("--resume-seconds") { Description = "What resuming takes." };
var resumeCancels = new Option<bool>("--resume-cancels") { Description = "Cancel the statement that found the workgroup paused." };
var svvTables = new Option<double>("--svv-tables-seconds") { Description = "What a query of SVV_TABLES takes." };
var concurrent = new Option<int>("--concurrent-commits")
{
    Description = "How many commits run at the same time.",
    DefaultValueFactory = static _ => 1
};
var tls = new Option<bool>("--tls")
{
    Description = "Offer TLS, with a certificate for localhost. Its authority's certificate is written to a file."
};
var passwords = new Option<int>("--password-life")
{
    Description = "Ask for passwords, which an AWS endpoint on a free port gives for IAM users; each is valid for logins for so many seconds. "
    + "0 asks for none.",
};

var command = new RootCommand("Imitates Amazon Redshift over a PostgreSQL, for tests. It listens on loopback until it is stopped.") { upstream, port,
    isolation, serverless, multiAz, latency, concurrent, forget, pause, resume, resumeCancels, svvTables, tls, passwords };
command.SetAction(async (arguments, stop) =>
{
    var (certificate, authority) = arguments.GetValue(tls) ? Certificates.Create("localhost") : (null, "");
    await using var aws = arguments.GetValue(passwords) > 0 ? AwsEndpoint.Start() : null;
    if (aws is not null) aws.PasswordLife = TimeSpan.FromSeconds(arguments.GetValue(passwords));
    var options = new SimulatorOptions
    {
        Upstream = arguments.GetValue(upstream)!,
        Port = arguments.GetValue(port),
        Isolation = arguments.GetValue(isolation),
        Deployment = arguments.GetValue(serverless) ? RedshiftDeployment.Serverless
            : arguments.GetValue(multiAz) ? RedshiftDeployment.MultiAz : RedshiftDeployment.Provisioned,
        CommitLatency = TimeSpan.FromMilliseconds(arguments.GetValue(latency)),
        ConcurrentCommits = arguments.GetValue(concurrent),
        ForgetsAfter = arguments.GetValue(forget) is { } idle ? TimeSpan.FromSeconds(idle) : null,
        PausesAfter = arguments.GetValue(pause) is { } quiet ? TimeSpan.FromSeconds(quiet) : null,
        Resume = TimeSpan.FromSeconds(arguments.GetValue(resume)),
        ResumeCancels = arguments.GetValue(resumeCancels),
        SvvTables = TimeSpan.FromSeconds(arguments.GetValue(svvTables)),
        Certificate = certificate,
        PasswordsOf = aws is null ? null : aws.Passwords.Of,
        DatabaseUser = aws is null ? "" : new NpgsqlConnectionStringBuilder(arguments.GetValue(upstream)).Username ?? "",
    };
    if (certificate is not null)
    {
        var file = Path.Combine(Path.GetTempPath(), "redshift-simulator-ca.pem");
        await File.WriteAllTextAsync(file, authority, stop);
        Console.WriteLine($"certificate: Host=localhost;SSL Mode=VerifyFull;Root Certificate={file}");
    }

    if (aws is not null) Console.WriteLine($"AWS endpoint: {aws.Url}, access key {AwsEndpoint.AccessKeyId}, secret {AwsEndpoint.SecretAccessKey}");
    await using var server = RedshiftServer.Start(options);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"listening: {server.ConnectionString(options.Upstream)}"));
    var stopped = new TaskCompletionSource();
    await using (stop.Register(stopped.SetResult)) await stopped.Task;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{server.Statements} statements, {server.Commits} commits of writes, {server.Violations} violations, {server.Refused.Count} refused"));
});
return await command.Parse(args).InvokeAsync();
