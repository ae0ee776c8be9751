using Coordinator.Dashboard.Layout;
using Coordinator.Dashboard.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace Coordinator.Dashboard;

/// <summary>The operators' page at <c>/contention</c>: it shows what <see cref="Contention.IContentionReader"/> reads.</summary>
public static class ContentionPage
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/contention";

    /// <summary>Adds what the page needs, besides the reader.</summary>
    public static void AddContentionPage(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Scripts and styles lie in packages until the host is published, whatever the environment is called.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddScoped<AntiforgeryStateProvider, NoForms>();
        // It seals what a circuit hands to its browser; neither outlives the process.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddMudServices();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SharedReader>();
        builder.Services.AddScoped<Refresher>();
    }

    /// <summary>Maps the page, its scripts and styles, and sends <c>/</c> to it.</summary>
    public static void MapContentionPage(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        // Nothing on the page is a form, so there is no token to check. App sets the policy of who may frame it.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static o => o.ContentSecurityFrameAncestorsPolicy = null)
            .DisableAntiforgery();
        app.MapGet("/", static () => Results.Redirect(Path));
    }
}
