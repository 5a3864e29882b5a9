# Run: gnuplot -d heatmap-frechet-problem-ring.gp
set terminal svg size 900,496 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'heatmap-frechet-problem-ring.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'problem = ring: frechet (lower is better)' at screen 0.013333, screen 0.96371 left font ',14' noenhanced
set palette defined (0 '#FDE725', 1 '#ADDC30', 2 '#5EC962', 3 '#28AE80', 4 '#21918C', 5 '#2C728E', 6 '#3B528B', 7 '#472D7B', 8 '#440154')
unset colorbox
set cbrange [0:1]
set xrange [0.5:3.5]
set yrange [13.5:0.5]
set tics scale 0
unset border
set xtics ('nonsaturating' 1, 'hinge' 2, 'wasserstein' 3) noenhanced textcolor rgb '#333333'
set lmargin at screen 0.12231
set rmargin at screen 0.5456
set tmargin at screen 0.87903
set bmargin at screen 0.092742
set title 'optimizer = newcomer' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'wgan-gp' 3, 'lp' 4, 'r1 weight=0.1' 5, 'r1 weight=1' 6, 'r2' 7, 'dragan' 8, 'zero-gp' 9, 'spectral' 10, 'smoothing' 11, 'dropout' 12, 'batch-norm' 13) noenhanced textcolor rgb '#333333'
set xlabel 'loss' offset 0,0.3 noenhanced
plot 'heatmap-frechet-problem-ring.dat' index 0 using 1:2:($1-0.49):($1+0.49):($2-0.48):($2+0.48):3 with boxxyerror fs solid 1 noborder lc palette notitle, \
  'heatmap-frechet-problem-ring.dat' index 1 using 1:2:3 with labels font ',11' tc rgb '#ffffff' noenhanced notitle, \
  'heatmap-frechet-problem-ring.dat' index 2 using 1:2:3 with labels font ',11' tc rgb '#000000' noenhanced notitle
unset label
unset arrow
set lmargin at screen 0.56116
set rmargin at screen 0.98444
set tmargin at screen 0.87903
set bmargin at screen 0.092742
set title 'optimizer = tuned' font ',12' offset 0,-0.7 noenhanced
unset ytics
set xlabel 'loss' offset 0,0.3 noenhanced
plot 'heatmap-frechet-problem-ring.dat' index 3 using 1:2:($1-0.49):($1+0.49):($2-0.48):($2+0.48):3 with boxxyerror fs solid 1 noborder lc palette notitle, \
  'heatmap-frechet-problem-ring.dat' index 4 using 1:2:3 with labels font ',11' tc rgb '#ffffff' noenhanced notitle, \
  'heatmap-frechet-problem-ring.dat' index 5 using 1:2:3 with labels font ',11' tc rgb '#000000' noenhanced notitle
unset multiplot
set output
