using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Storage;

/// <summary>An S3 stand-in with objects as files of a folder. It implements as much of S3's protocol as loaders use (put, get, delete, delete
/// many, list), path style, without signature checks.</summary>
public sealed class ObjectStore : IAsyncDisposable
{
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly LoopbackHttp _http;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coordinator-s3-");

    private ObjectStore() => _http = new LoopbackHttp(port: 0, AnswerAsync);

    /// <summary>The service's address.</summary>
    public string Url => _http.Url;

    /// <summary>The folder of the objects: a subfolder for each bucket.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The requested encryption of the objects put last, by bucket and key: <c>AES256</c>, or <c>aws:kms</c> and the key's
    /// name.</summary>
    public ConcurrentDictionary<string, string> Encryptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Why a request is refused: S3's error code for its method, such as <c>AccessDenied</c> or <c>NoSuchBucket</c>; null if it is
    /// not. Deleting many is POST.</summary>
    public Func<string, string?> Refusal { get; set; } = static _ => null;

    /// <summary>All keys of a bucket.</summary>
    public IReadOnlyList<string> Keys(string bucket) => Directory.Exists(Path.Combine(Folder, bucket))
        ? [.. Directory.EnumerateFiles(Path.Combine(Folder, bucket), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(Folder, bucket), file)).Order(StringComparer.Ordinal)]
        : [];

    public static ObjectStore Start() => new();

    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var response = context.Response;
        try
        {
            var request = context.Request;
            var path = Uri.UnescapeDataString(request.Url!.AbsolutePath).TrimStart('/');
            var file = Path.GetFullPath(Path.Combine(Folder, path));
            if (Refusal(request.HttpMethod) is { } code) await RefuseAsync(response, code);
            else if (!file.StartsWith(Folder, StringComparison.Ordinal)) response.StatusCode = 400;
            else await AnswerAsync(request, response, path, file);
        }
        catch (Exception e) when (e is IOException or HttpListenerException)
        {
            response.StatusCode = 500;
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response, string path, string file)
    {
        switch (request.HttpMethod)
        {
            case "PUT":
                response.AddHeader("ETag", await PutAsync(request, file));
                var (encryption, kmsKey) = ("x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id");
                Encryptions[path] = $"{request.Headers[encryption]} {request.Headers[kmsKey]}".Trim();
                break;
            case "GET" when request.QueryString["list-type"] is not null:
                await WriteAsync(response, List(path.TrimEnd('/'), request.QueryString["prefix"] ?? ""));
                break;
            case "GET" when File.Exists(file):
                await using (var content = File.OpenRead(file)) await content.CopyToAsync(response.OutputStream);
                break;
            case "DELETE":
                File.Delete(file);
                response.StatusCode = 204;
                break;
            case "POST" when request.Url!.Query.Contains("delete", StringComparison.Ordinal):
                var asked = await XDocument.LoadAsync(new ChunkedBody(request).Stream, LoadOptions.None, CancellationToken.None);
                foreach (var key in asked.Descendants().Where(static e => e.Name.LocalName == "Key"))
                    File.Delete(Path.Combine(Folder, path.TrimEnd('/'), key.Value));
                await WriteAsync(response, new XElement(Namespace + "DeleteResult"));
                break;
            default:
                response.StatusCode = 404;
                await WriteAsync(response,
                    new XElement("Error", new XElement("Code", "NoSuchKey"), new XElement("Message", "The specified key does not exist.")));
                break;
        }
    }

    private static Task RefuseAsync(HttpListenerResponse response, string code)
    {
        response.StatusCode = code.StartsWith("NoSuch", StringComparison.Ordinal) ? 404 : 403;
        return WriteAsync(response, new XElement("Error", new XElement("Code", code), new XElement("Message", $"S3 says {code}.")));
    }

    private static async Task<string> PutAsync(HttpListenerRequest request, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var content = File.Create(file)) await new ChunkedBody(request).Stream.CopyToAsync(content);
        await using var written = File.OpenRead(file);
#pragma warning disable CA5351 // An ETag is an MD5 by definition.
        return $"\"{Convert.ToHexStringLower(await MD5.HashDataAsync(written))}\"";
#pragma warning restore CA5351
    }

    private XElement List(string bucket, string prefix) => new(
        Namespace + "ListBucketResult",
        new XElement(Namespace + "Name", bucket),
        new XElement(Namespace + "IsTruncated", false),
        Keys(bucket).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => new XElement(
            Namespace + "Contents",
            new XElement(Namespace + "Key", key),
            new XElement(Namespace + "LastModified", File.GetLastWriteTimeUtc(Path.Combine(Folder, bucket, key))
                .ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
            new XElement(Namespace + "Size", new FileInfo(Path.Combine(Folder, bucket, key)).Length))));

    private static async Task WriteAsync(HttpListenerResponse response, XElement answer)
    {
        response.ContentType = "application/xml";
        await using var writer = new StreamWriter(response.OutputStream);
        await writer.WriteAsync("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + answer);
    }
}
